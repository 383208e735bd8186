import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { shareAmongTests } from './process-settings.ts'
import { launchOptions } from './e2e/find-browser.ts'

shareAmongTests()
// Nothing of a test is kept among the person's own settings, or known from an earlier run.
const kept = fileURLToPath(new URL('../node_modules/.cache/kartoteka-tests', import.meta.url))
const config = join(kept, 'config')
if (process.env['TEST_WORKER_INDEX'] === undefined) rmSync(config, { recursive: true, force: true })
process.env['XDG_CONFIG_HOME'] = config
process.env['XDG_CACHE_HOME'] = join(kept, 'machine')
// Positions have no names but in the tests that give them some.
process.env['KARTOTEKA_PLACES'] ??= ''

/** The window in a real Chromium: one that comes by npm or the machine's own, since Playwright's download is not to be had everywhere. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results/browser',
  // A test waits for about as long as it works. More than two at once would wait for each other.
  workers: Math.min(2, availableParallelism()),
  fullyParallel: false,
  forbidOnly: true,
  // Far above what any test takes, also where a machine does much else: it ends only what hangs.
  timeout: 600_000,
  // A build machine may be busy with other work: one more try there, none at home.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // Nearly as much: a slow machine may take long for any step, and only what hangs is to end one.
  expect: { timeout: 240_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: '../test-results/browser.json' }],
    ['html', { outputFolder: '../test-results/browser-report', open: 'never' }],
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A new context for each test took a quarter of the processor time. Every test loads its page from a server or by a
    // link of its own, so what is not reset between them (the history of the tab) is no state of the app's.
    reuseContext: true,
    // An eighth of the browser's processor time went into drawing what fades in and out. Specs about what moves ask for it.
    reducedMotion: 'reduce',
    // A trace has the page as it was at every step. It slows the page down, and hides what only a fast one does wrong.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'setup', testDir: 'e2e', testMatch: '*.setup.ts' },
    { name: 'browser', testDir: 'e2e/browser', dependencies: ['setup'] },
    { name: 'electron', testDir: 'e2e/electron' },
  ],
})
