import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemReason } from '../../../electron/core/paths/system-reason.ts'

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

describe('why the system refuses something', () => {
  it('is said in words for what it really throws', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kartoteka-reason-'))
    try {
      const file = join(folder, 'file')
      writeFileSync(file, '')
      expect(systemReason(thrownBy(() => readFileSync(join(folder, 'none'))))).toBe('it does not exist')
      expect(systemReason(thrownBy(() => readFileSync(folder)))).toBe('it is a folder, not a file')
      const long = 'a'.repeat(300)
      expect(systemReason(thrownBy(() => readFileSync(join(folder, long))))).toMatch(
        // Windows says of it that there is no such file.
        /^(?:its name is too long|it does not exist)$/u,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is the code where that means nothing here, and the message where there is none', () => {
    expect(systemReason(Object.assign(new Error('x'), { code: 'EWHATEVER' }))).toBe(
      'the system says EWHATEVER',
    )
    expect(systemReason(new Error('The lens cap was on.'))).toBe('The lens cap was on.')
    expect(systemReason('odd')).toBe('odd')
  })
})
