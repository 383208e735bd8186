import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedPath } from '../../fixtures/shared.ts'
import { writtenTests, type WrittenTest } from '../../fixtures/written-tests.ts'

const root = resolve(import.meta.dirname, '../../..')

interface Row {
  readonly id: string
  readonly right: string
  readonly proofs: readonly Proof[]
}

interface Proof {
  readonly file: string
  /** Words that the title of a test has, or of the group it is in. */
  readonly words: string
}

/** The rows of tests/CASES.md: `| C01 | what is right | file: words of a title; … |`. */
function rows(): Row[] {
  const text = readFileSync(resolve(root, 'tests/CASES.md'), 'utf8')
  return [...text.matchAll(/^\| (C\d\d) +\| (.*?) +\| (.*?) +\|$/gm)].map(
    ([, id = '', right = '', proofs = '']) => ({
      id,
      right,
      proofs: [...proofs.matchAll(/`(tests\/[^`]+)`: ([^;]+)/g)].map(([, file = '', words = '']) => ({
        file,
        words: words.trim(),
      })),
    }),
  )
}

/** Only what the runners take for tests: they would never look into another file. */
const testFile = /^tests\/(unit|integration)\/.*\.test\.ts$|^tests\/e2e\/.*\.spec\.ts$/

function testsOf({ file, words }: Proof): WrittenTest[] {
  const path = resolve(root, file)
  if (!testFile.test(file) || !existsSync(path)) return []
  return writtenTests(readFileSync(path, 'utf8')).filter(({ title }) => title.includes(words))
}

/** On which systems it runs and why only there, in brackets at the end of a title. */
const reason = /\([^()]*(Windows|macOS|Linux)[^()]*\)/

/** Why a proof proves nothing; `null` when it does. */
function whyNot(proof: Proof): string | null {
  const tests = testsOf(proof)
  if (tests.length === 0) return 'there is no such test'
  if (tests.some(({ runs }) => runs === 'never')) return 'it is left out'
  const isUnexplained = tests.some(({ runs, title }) => runs === 'systems' && !reason.test(title))
  return isUnexplained ? 'it does not say why it runs on some systems only' : null
}

const written = (text: string): string[] => writtenTests(text).map(({ title, runs }) => `${title}: ${runs}`)

describe('the table of cases', () => {
  it('has every case of the collection once, and no other', () => {
    const collected = readFileSync(sharedPath('CASES.md'), 'utf8').match(/(?<=^(?:- )?\*\*)C\d\d/gm)
    expect(rows().map(({ id }) => id)).toEqual(collected)
  })

  it.each(rows().map((row) => [row.id, row] as const))(
    '%s names tests that are run, one of them at least wherever the tests are',
    (_, { right, proofs }) => {
      expect(right).not.toBe('')
      expect(
        proofs.map((proof) => [proof, whyNot(proof)]).filter(([, complaint]) => complaint !== null),
      ).toEqual([])
      const everywhere = proofs.filter((proof) => testsOf(proof).some(({ runs }) => runs === 'always'))
      expect(everywhere).not.toEqual([])
    },
  )
})

describe('a test that a row names', () => {
  it('is one by the syntax, not by words in a comment, a console line or a list', () => {
    expect(
      written(`
        // it('in a comment', () => {})
        console.log("it('in a line', () => {})")
        const list = ['in a list']
        it('without a body')
        it('real', () => {})`),
    ).toEqual(['real: always'])
  })

  it('has the titles of its groups before its own, in each way to write them', () => {
    expect(
      written(`describe('a', () => {
        describe.each([1])('b %s', () => { it.each([1])(\`c \${2}\`, { timeout: 1 }, async () => {}) })
      })
      test.describe('d', () => { test('e', async () => {}) })`),
    ).toEqual(['a b %s c ${2}: always', 'd e: always'])
  })

  it('is known to be left out, by itself, by its group, by the system or when it finds so out', () => {
    expect(
      written(`
        it.skip('a', () => {})
        it.todo('b', () => {})
        describe.skip('c', () => { it('d', () => {}) })
        it.runIf(process.platform === 'linux')('e', () => {})
        describe.skipIf(process.platform === 'win32')('f', () => { it('g', () => {}) })
        it.runIf(false).each([1])('h', () => {})
        it('i', ({ skip }) => { if (isFull) skip('no disk') })`),
    ).toEqual([
      'a: never',
      'b: never',
      'c d: never',
      'e: systems',
      'f g: systems',
      'h: somewhere',
      'i: somewhere',
    ])
  })
})
