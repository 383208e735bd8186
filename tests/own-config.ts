import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A place for settings of each test file's own: nothing is kept among the person's, or known from another file. */
const folder = mkdtempSync(join(tmpdir(), 'kartoteka-config-'))
process.env['XDG_CONFIG_HOME'] = folder
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
