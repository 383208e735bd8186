import { join } from 'node:path'

/**
 * What every process that is started from here on shares. To be called before the test runner starts its own processes.
 *
 * They keep what Node made of a source file, and take what another one kept: tests start hundreds of processes and threads
 * of the same sources, and reading them anew took a third of the time of tests that index. Entries are known by their
 * content: one of an older state of a file is made anew.
 *
 * And none of them yields to the others (`equal-priority.mjs`).
 */
export function shareAmongTests(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled')
  const preload = `--import=${new URL('fixtures/equal-priority.mjs', import.meta.url).href}`
  const options = process.env['NODE_OPTIONS'] ?? ''
  if (!options.includes(preload)) process.env['NODE_OPTIONS'] = `${options} ${preload}`.trim()
}
