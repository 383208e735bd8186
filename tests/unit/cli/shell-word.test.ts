import { execFileSync } from 'node:child_process'
import { constantFrom, sample, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../../electron/cli/shell-word.ts'

describe('a path in a command that people may copy', () => {
  it.skipIf(process.platform === 'win32')('is one word for sh, and runs nothing', () => {
    const text = string({
      unit: constantFrom('a', ' ', "'", '"', '$', '(', ')', '`', '\\', '!', ';', '\n'),
    })
    const paths = sample(text, 200)
    const words = paths.map((path) => shellWord(path, 'linux')).join(' ')
    const read = execFileSync('sh', ['-c', String.raw`printf '%s\0' ${words}`], { encoding: 'utf8' })
    expect(read.split('\0').slice(0, -1)).toEqual(paths)
  })

  it.each([
    ['D:\\', '"D:\\\\"'],
    ['D:\\Photos of 2019 (mine)', '"D:\\Photos of 2019 (mine)"'],
    ['\\\\nas\\photos', '"\\\\nas\\photos"'],
  ])('is in quotes on Windows: %s', (path, word) => {
    expect(shellWord(path, 'win32')).toBe(word)
  })

  it.each(['D:\\$(calc)', 'D:\\`calc`', 'D:\\%PATH%', 'D:\\!x!', 'D:\\”; calc'])(
    'cannot be told on Windows where cmd or PowerShell would read something else: %s',
    (path) => {
      expect(shellWord(path, 'win32')).toBeNull()
    },
  )
})
