import { expect, test } from 'vitest'
import { findBrowser, type Machine } from '../../e2e/find-browser.ts'

/** A computer on which only these programs are installed. */
function machine(
  platform: NodeJS.Platform,
  programs: readonly string[],
  rest: Partial<Machine> = {},
): Machine {
  return {
    platform,
    arch: 'x64',
    env: {},
    isProgram: (path) => programs.includes(path),
    playwrights: '/playwright/chrome',
    packaged: '/modules/chromium',
    ...rest,
  }
}

const everything = ['/opt/mine', '/usr/bin/chromium', '/usr/bin/google-chrome', '/playwright/chrome']

test('the browser that is named comes before all others', () => {
  const env = { KARTOTEKA_CHROMIUM: '/opt/mine' }
  expect(findBrowser(machine('linux', everything, { env }))).toEqual({
    ok: true,
    path: '/opt/mine',
    from: 'KARTOTEKA_CHROMIUM',
  })
})

test('a named browser that cannot be started is said so, and no other is taken in its place', () => {
  const env = { KARTOTEKA_CHROMIUM: '/opt/gone' }
  const found = findBrowser(machine('linux', everything, { env }))
  expect(found).toEqual({ ok: false, why: expect.stringContaining('/opt/gone') })
})

test('an empty name is none', () => {
  const env = { KARTOTEKA_CHROMIUM: '' }
  expect(findBrowser(machine('linux', everything, { env }))).toMatchObject({ path: '/modules/chromium' })
})

test('on Linux with an x64 processor it is the one that comes by npm, whatever is installed', () => {
  expect(findBrowser(machine('linux', everything))).toEqual({
    ok: true,
    path: '/modules/chromium',
    from: '@sparticuz/chromium',
  })
})

test('elsewhere what is installed comes before what was downloaded: Chromium, then Chrome, then Edge', () => {
  const programs = [...everything, '/usr/bin/microsoft-edge']
  const taken: string[] = []
  for (let rest = programs; ;) {
    const found = findBrowser(machine('linux', rest, { arch: 'arm64' }))
    if (!found.ok) break
    taken.push(`${found.path} (${found.from})`)
    rest = rest.filter((program) => program !== found.path)
  }
  expect(taken).toEqual([
    '/usr/bin/chromium (this computer)',
    '/usr/bin/google-chrome (this computer)',
    '/usr/bin/microsoft-edge (this computer)',
    '/playwright/chrome (Playwright)',
  ])
})

test.each([
  ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
  ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
  ['C:\\Users\\Anna\\AppData\\Local\\Chromium\\Application\\chrome.exe'],
])('on Windows: %s', (path) => {
  const env = {
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    LOCALAPPDATA: 'C:\\Users\\Anna\\AppData\\Local',
  }
  expect(findBrowser(machine('win32', [path], { env }))).toEqual({ ok: true, path, from: 'this computer' })
})

test.each([
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  ['/Users/anna/Applications/Chromium.app/Contents/MacOS/Chromium'],
])('on macOS: %s', (path) => {
  const env = { HOME: '/Users/anna' }
  expect(findBrowser(machine('darwin', [path], { env }))).toEqual({ ok: true, path, from: 'this computer' })
})

test.each([
  ['win32', 'x64'],
  ['darwin', 'arm64'],
  ['linux', 'arm64'],
] as const)('none at all on %s %s: one sentence says what to install', (platform, arch) => {
  const found = findBrowser(machine(platform, [], { arch }))
  expect(found).toEqual({
    ok: false,
    why: expect.stringMatching(/^[^.]*install [^.]*KARTOTEKA_CHROMIUM\.$/u),
  })
})
