import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, sep } from 'node:path'
import { defineConfig } from 'vitest/config'
import { shareAmongTests } from './process-settings.ts'

shareAmongTests()

const root = new URL('..', import.meta.url).pathname

/** The parts of the window, which have a document of Happy DOM's. */
const inWindow = 'tests/unit/renderer/**/*.test.ts'
const outsideWindow = globSync('tests/{unit,integration}/**/*.test.ts', {
  cwd: root,
  exclude: [inWindow],
}).map((file) => file.replaceAll(sep, '/'))
/** What these look at is the process itself. */
const needsOwn = new Set(['tests/integration/cases/processes.test.ts'])
/** Those that put other modules in the place of the real ones, which the next file in their process would get. */
const alone = outsideWindow.filter(
  (file) => needsOwn.has(file) || /\bvi\.(?:do)?mock\(/i.test(readFileSync(join(root, file), 'utf8')),
)
/**
 * All others leave nothing behind that outlives them. They follow each other in one process, which loads Vitest, the
 * sources and the words of the labels once: half the processor time for small ones (measured).
 */
const together = outsideWindow.filter((file) => !alone.includes(file))

export default defineConfig({
  test: {
    root,
    projects: [
      { extends: true, test: { name: 'together', isolate: false, include: together } },
      { extends: true, test: { name: 'alone', include: alone } },
      // A document takes a second of processor time to load: 65 files in 45 s instead of 150 (measured on a busy machine).
      {
        extends: true,
        test: { name: 'window', isolate: false, environment: 'happy-dom', include: [inWindow] },
      },
    ],
    globalSetup: 'tests/global-setup.ts',
    pool: 'forks',
    // By default a core stays free. Many tests wait for other processes: on two cores three files at once take 218 s where
    // two take 260 (measured).
    maxWorkers: Math.min(4, availableParallelism() + 1),
    // Far above what any test takes, also where a machine does much else: it ends only what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
    env: {
      // Positions have no names but in the tests that give them some.
      KARTOTEKA_PLACES: '',
      // Which model is the fastest here is tried once for all files, and not each time that another checkout's tests end.
      XDG_CACHE_HOME: join(import.meta.dirname, '../node_modules/.cache/kartoteka-tests/machine'),
    },
    setupFiles: ['tests/own-config.ts', 'tests/leave-as-found.ts'],
    // Tests of processes and clocks share a build machine with others: one more try there, none at home.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})
