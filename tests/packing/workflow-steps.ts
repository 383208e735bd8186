/** Where a command stands: file and job, and its first line. */
export interface StepPlace {
  readonly job: string
  readonly run: string
}

/** Whether a command of the workflows runs on a developer's Linux without GitHub, or what it needs instead. */
export interface RunStep extends StepPlace {
  readonly where: 'here' | `needs ${string}: ${string}`
}

/**
 * Every command of the workflows in order. Those marked `here` were run in a checkout on Linux; for the others it
 * says what they need. A test compares the list with the files.
 */
export const runSteps: readonly RunStep[] = [
  {
    job: 'ci/test',
    run: 'mv test-material ../shared',
    where: 'needs GitHub: checks out a second repository',
  },
  { job: 'ci/test', run: 'npm ci', where: 'here' },
  {
    job: 'ci/test',
    run: 'npm audit --audit-level=high',
    where: 'needs the public npm registry: mirrors have no list of weaknesses',
  },
  { job: 'ci/test', run: 'npm run licences', where: 'here' },
  { job: 'ci/test', run: 'npm test', where: 'here' },
  {
    job: 'ci/package',
    run: 'mv test-material ../shared',
    where: 'needs GitHub: checks out a second repository',
  },
  { job: 'ci/package', run: 'npm ci', where: 'here' },
  { job: 'ci/package', run: 'npm run pack:check', where: 'here' },
  {
    job: 'release/pack',
    run: 'mv test-material ../shared',
    where: 'needs GitHub: checks out a second repository',
  },
  { job: 'release/pack', run: 'npm ci', where: 'here' },
  { job: 'release/pack', run: 'npm run check', where: 'here' },
  { job: 'release/pack', run: 'npm run model', where: 'here' },
  { job: 'release/pack', run: 'npm run test:unit', where: 'here' },
  { job: 'release/pack', run: 'npm run build', where: 'here' },
  {
    job: 'release/pack',
    run: 'node node_modules/electron/install.js',
    where: 'needs GitHub: fetches the Electron program',
  },
  {
    job: 'release/pack',
    run: 'sudo apt-get update && sudo apt-get install -y xvfb rpm',
    where: 'needs Ubuntu: sets a switch of its kernel',
  },
  {
    job: 'release/pack',
    run: 'xvfb-run --auto-servernum npm run test:electron',
    where: 'needs Electron: without its program the spec is left out and says so',
  },
  {
    job: 'release/pack',
    run: 'npm run test:electron',
    where: 'needs Windows or macOS: the spec in their windows',
  },
  { job: 'release/pack', run: 'npm run icons', where: 'here' },
  { job: 'release/pack', run: 'npm run licences', where: 'here' },
  {
    job: 'release/pack',
    run: 'for name in CSC_LINK CSC_KEY_PASSWORD APPLE_ID APPLE_APP_SPECIFIC_PASSWORD APPLE_TEAM_ID \\',
    where:
      'needs GitHub: fetches Electron and the tools of each installer; what goes in is shown by pack:check',
  },
  {
    job: 'release/pack',
    run: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=1',
    where: 'needs Ubuntu: installs the package; the same program ran against the packed command line',
  },
  {
    job: 'release/pack',
    run: '$installer = Get-ChildItem release -Filter *.exe | Select-Object -First 1',
    where: 'needs Windows: runs the installer',
  },
  {
    job: 'release/pack',
    run: 'node tests/packing/installed.ts "$LOCALAPPDATA/Programs/Kartoteka/Kartoteka.exe"',
    where: 'needs Windows: runs the installed program',
  },
  {
    job: 'release/pack',
    run: 'unzip -q release/*.zip -d "$HOME/Applications"',
    where: 'needs macOS: runs the installed program',
  },
  {
    job: 'release/pack',
    run: 'npm sbom --sbom-format=cyclonedx > "release/kartoteka-${{ matrix.target }}.cdx.json"',
    where: 'here',
  },
  {
    job: 'release/pack',
    run: 'node tests/packing/checksums.ts release "${{ matrix.target }}"',
    where: 'here',
  },
  { job: 'release/draft', run: 'npm ci', where: 'here' },
  { job: 'release/draft', run: 'node tests/packing/gather.ts made release', where: 'here' },
  {
    job: 'release/draft',
    run: 'gh release create "$GITHUB_REF_NAME" --draft --repo "$GITHUB_REPOSITORY" --title "Kartoteka $GITHUB_REF_NAME" release/*',
    where: 'needs GitHub: makes the draft',
  },
]
