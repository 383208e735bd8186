import { afterAll, vi } from 'vitest'

const umask = process.umask()

/**
 * Most files share their process with others: what a file put in the place of a clock or a global goes with it, as does
 * what the command line did for a program of its own.
 */
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  process.umask(umask)
  if (!('document' in globalThis)) return
  document.head.replaceChildren()
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
})
