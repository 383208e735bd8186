import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLog } from '../../../electron/main/log.ts'

/** What the window's log is written with, and what was written. */
const library = vi.hoisted(() => ({
  lines: [] as string[],
  file: { writeOptions: {} as { readonly mode?: number }, getFile: () => ({ path: '' }) },
}))
vi.mock('electron-log/main', () => ({
  default: {
    transports: { console: { level: 'info' }, file: library.file },
    errorHandler: { startCatching: () => {} },
    info: (line: string) => library.lines.push(line),
  },
}))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kartoteka-log-'))
  library.file.getFile = () => ({ path: join(folder, 'main.log') })
  library.lines.length = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the log of the window', () => {
  it('is made for its owner alone', () => {
    openLog()
    expect(library.file.writeOptions.mode).toBe(0o600)
  })

  it.skipIf(process.platform === 'win32')('is closed to others where an earlier version left it open', () => {
    const file = join(folder, 'main.log')
    writeFileSync(file, 'before')
    chmodSync(file, 0o644)
    expect(openLog().file).toBe(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('has one line for each event, whatever stands in it', () => {
    openLog().log('No folder a\nAnother event \u001b[2J')
    expect(library.lines).toEqual(['No folder a\\nAnother event \\u001b[2J'])
  })
})
