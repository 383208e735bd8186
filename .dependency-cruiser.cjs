/** The floors of electron/core, lowest first: each knows only those below it, and nobody on its own floor. */
const floors = [
  ['contract'],
  ['paths', 'labels'],
  ['imaging', 'places'],
  ['classify'],
  ['library'],
  ['scan', 'metadata-out', 'alike', 'teach'],
  ['indexing', 'search'],
  ['media', 'give-away'],
]

/** Rooms of the floors above a room, and its neighbours. */
const outOfReach = (floor, room) => [
  ...floors[floor].filter((each) => each !== room),
  ...floors.slice(floor + 1).flat(),
]

/** The layers of the house: shells -> service -> core; the renderer knows only the contract. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module, or miss a third; types are no exception.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...floors.flatMap((rooms, floor) =>
      rooms
        .filter((room) => outOfReach(floor, room).length > 0)
        .map((room) => ({
          name: `${room}-knows-nobody-above`,
          comment: 'Inside the core, too, dependencies point one way.',
          severity: 'error',
          from: { path: `^electron/core/${room}/` },
          to: { path: `^electron/core/(${outOfReach(floor, room).join('|')})/` },
        })),
    ),
    {
      name: 'every-room-has-a-floor',
      severity: 'error',
      from: {},
      to: { path: '^electron/core/', pathNot: `^electron/core/(${floors.flat().join('|')})/` },
    },
    {
      name: 'electron-only-in-its-shell',
      comment: 'Everything but the window must run under plain Node.',
      severity: 'error',
      from: { pathNot: '^electron/(main|preload)/' },
      to: {
        path: '^(electron|electron-updater|electron-log/main)$|node_modules/(electron|electron-updater)/',
      },
    },
    {
      name: 'core-knows-nobody-above',
      comment: 'The core is used by the service and the shells, never the other way round.',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: { path: '^(electron/(worker|service|main|preload|web|cli)|renderer|tests)/' },
    },
    {
      name: 'worker-knows-only-core',
      severity: 'error',
      from: { path: '^electron/worker/' },
      to: { path: '^(electron/(service|main|preload|web|cli)|renderer|tests)/' },
    },
    {
      name: 'service-knows-no-shell',
      severity: 'error',
      from: { path: '^electron/service/' },
      to: { path: '^(electron/(main|preload|web|cli)|renderer|tests)/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The renderer bundles the contract, so it may need nothing of Node or the core.',
      severity: 'error',
      from: { path: '^electron/core/contract/' },
      to: { pathNot: '^electron/core/contract/|node_modules/valibot/' },
    },
    {
      name: 'renderer-knows-only-the-contract',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
      to: {
        path: '^(electron/(?!core/contract/)|native-models|tests)|^node:',
        dependencyTypesNot: ['npm-dev'],
      },
    },
    {
      name: 'databases-are-opened-in-one-place',
      comment:
        'A database may come from somebody else: core/library/upkeep/database.ts knows what SQLite must be told then.',
      severity: 'error',
      from: {
        path: '^electron/',
        pathNot: '^electron/(bench/|core/library/(upkeep/(database|schema-check|lock)|sqlite-errors)\\.ts$)',
      },
      to: { path: '(^|/)better-sqlite3', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-without-benchmark',
      comment: 'The benchmark is not shipped: the command line loads it where there is a checkout.',
      severity: 'error',
      from: { path: '^(electron|renderer|native-models)/', pathNot: '^electron/bench/' },
      to: { path: '^electron/bench/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-without-packaging',
      comment: 'Packages are made of the product, never the other way round.',
      severity: 'error',
      from: { path: '^(electron|renderer|native-models)/', pathNot: '^electron/packaging/' },
      to: { path: '^electron/packaging/' },
    },
    {
      name: 'product-without-tests',
      comment: 'A packed app is tried with the photos of the tests; everything else must do without them.',
      severity: 'error',
      from: { path: '^(electron|renderer|native-models)/', pathNot: '^electron/packaging/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'electron/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
