import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedPath } from '../../fixtures/shared.ts'

const root = resolve(import.meta.dirname, '../../..')

interface Row {
  readonly id: string
  readonly right: string
  /** Path of a test, and the words that its title has. */
  readonly proofs: readonly (readonly [file: string, title: string])[]
}

/** The rows of tests/CASES.md: `| C01 | what is right | [file](file): title; … |`. */
function rows(): Row[] {
  const text = readFileSync(resolve(root, 'tests/CASES.md'), 'utf8')
  return [...text.matchAll(/^\| (C\d\d) +\| (.*?) +\| (.*?) +\|$/gm)].map(
    ([, id = '', right = '', proofs = '']) => ({
      id,
      right,
      proofs: [...proofs.matchAll(/`(tests\/[^`]+)`: ([^;]+)/g)].map(([, file = '', title = '']) => [
        file,
        title.trim(),
      ]),
    }),
  )
}

/** Whether a file has the words of a title, wherever its lines end. */
function isThere(file: string, title: string): boolean {
  const path = resolve(root, file)
  return existsSync(path) && readFileSync(path, 'utf8').replaceAll(/\s+/g, ' ').includes(title)
}

describe('the table of cases', () => {
  it('has every case of the collection once, and no other', () => {
    const collected = readFileSync(sharedPath('CASES.md'), 'utf8').match(/(?<=^(?:- )?\*\*)C\d\d/gm)
    expect(rows().map(({ id }) => id)).toEqual(collected)
  })

  it.each(rows().map((row) => [row.id, row] as const))(
    '%s names tests that exist',
    (_, { right, proofs }) => {
      expect(right).not.toBe('')
      expect(proofs).not.toEqual([])
      expect(proofs.filter(([file, title]) => !isThere(file, title))).toEqual([])
    },
  )
})
