import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { shareCompiledSources } from './compile-cache.ts'

shareCompiledSources()

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    pool: 'forks',
    // By default a core stays free. Many tests wait for other processes: on two cores three files at once take 218 s where
    // two take 260 (measured).
    maxWorkers: Math.min(4, availableParallelism() + 1),
    // Far above what any test takes, also where a machine does much else: it ends only what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Positions have no names but in the tests that give them some.
    env: { KARTOTEKA_PLACES: '' },
    setupFiles: 'tests/own-config.ts',
    // Tests of processes and clocks share a build machine with others: one more try there, none at home.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})
