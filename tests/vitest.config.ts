import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { shareAmongTests } from './process-settings.ts'

shareAmongTests()

const everything = ['tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts']

/** The parts of the window, which have a document of Happy DOM's. */
const inWindow = ['tests/unit/renderer/**/*.test.ts']
/**
 * Pure functions and libraries in folders of their own: nothing in them outlives a test. Their files follow each other in
 * one process, which loads Vitest, the sources and the words of the labels once: half the processor time (measured).
 */
const together = [
  'tests/unit/*.test.ts',
  'tests/unit/{alike,classify,cli,contract,give-away,imaging,indexing,labels,media,metadata-out,native-models}/**/*.test.ts',
  'tests/unit/{packaging,paths,places,search,service,teach,web}/**/*.test.ts',
  // Beside those two, which put other modules in the place of the real ones.
  'tests/integration/library/!(private-files).test.ts',
  'tests/integration/search/!(another-language).test.ts',
  'tests/integration/{alike,metadata-out,teach}/*.test.ts',
]

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    projects: [
      { extends: true, test: { name: 'together', isolate: false, include: together } },
      { extends: true, test: { name: 'alone', include: everything, exclude: [...together, ...inWindow] } },
      // A document takes a second of processor time to load: 65 files in 45 s instead of 150 (measured on a busy machine).
      {
        extends: true,
        test: { name: 'window', isolate: false, environment: 'happy-dom', include: inWindow },
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
