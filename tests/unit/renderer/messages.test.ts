import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureCodes } from '../../../electron/core/contract/failure.ts'
import { problemKinds } from '../../../electron/core/contract/problem-kinds.ts'
import { indexingState, notice, providerReport, settings } from '../../../electron/core/contract/states.ts'
import { completion, reason } from '../../../electron/core/contract/values.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'
import { ru } from '../../../renderer/src/i18n/messages-ru.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

function flat(tree: Tree, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${above}${key}`, value] as const] : [...flat(value, `${above}${key}.`)],
    ),
  )
}

const english = flat(en)
const russian = flat(ru)
const source = join(import.meta.dirname, '../../../renderer/src')
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:vue|ts)$/u.test(name) && !/messages-/u.test(name))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n')
const used = [...code.matchAll(/\b(?:t|counted)\(\s*(['`])([^'`]+)\1/gu)].map(([, , key]) => key ?? '')
const usedWhole = used.filter((key) => !key.includes('${'))
/** `problem.${kind}`, `folders.${what}Title`: any key with one name in the place of what is filled in. */
const usedPatterns = used
  .filter((key) => key.includes('${'))
  .map(
    (key) => new RegExp(`^${key.replaceAll('.', String.raw`\.`).replaceAll(/\$\{[^}]*\}/gu, '[^.]+')}$`, 'u'),
  )
/** `isOpen ? t('close') : t('open')`, `t(isOpen ? 'close' : 'open')`. */
const chosenBetween = [
  ...code.matchAll(/\?\s*t\('([^']+)'[^)]*\)\s*:\s*t\('([^']+)'/gu),
  ...code.matchAll(/\bt\([^()'`]*(?:'[^'.]*'[^()'`]*)?\?\s*'([^']+)'\s*:\s*'([^']+)'/gu),
].flatMap(([, one, other]) => [one ?? '', other ?? ''])

const reachable = (key: string) =>
  usedWhole.includes(key) || chosenBetween.includes(key) || usedPatterns.some((pattern) => pattern.test(key))

const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name))].sort()

describe('what the window says', () => {
  it('is said in both languages, sentence by sentence', () => {
    expect([...russian.keys()]).toEqual([...english.keys()])
  })

  it('leaves no sentence untranslated', () => {
    const sameInBoth = [...english].filter(
      ([key, text]) => /[a-z]{2}/u.test(text) && russian.get(key) === text,
    )
    expect(
      sameInBoth.map(([key]) => key).filter((key) => !/^settings\.providerName\.|^search\.did/u.test(key)),
    ).toEqual([])
  })

  it('has the same values to fill in in both languages', () => {
    for (const [key, text] of english)
      expect([key, holes(russian.get(key) ?? '')]).toEqual([key, holes(text)])
  })

  it('has one and many in English, and one, few and many in Russian, wherever it counts', () => {
    const counted = [...code.matchAll(/counted\(\s*'([^']+)'/gu)].map(([, key]) => key ?? '')
    expect(counted.length).toBeGreaterThan(5)
    for (const key of counted) {
      expect([key, english.get(key)?.split(' | ').length]).toEqual([key, 2])
      expect([key, russian.get(key)?.split(' | ').length]).toEqual([key, 3])
    }
  })

  it('has every sentence the code asks for', () => {
    expect(usedWhole.length).toBeGreaterThan(100)
    for (const key of [...usedWhole, ...chosenBetween]) expect([key, english.has(key)]).toEqual([key, true])
    for (const pattern of usedPatterns)
      expect([pattern, [...english.keys()].some((key) => pattern.test(key))]).toEqual([pattern, true])
  })

  it('has no sentence the code never asks for', () => {
    expect([...english.keys()].filter((key) => !reachable(key))).toEqual([])
  })

  it.each([
    ['failure', failureCodes],
    ['problem', problemKinds],
    ['problemHint', problemKinds],
    ['completion', completion.entries.kind.options],
    ['indexing.phase', indexingState.entries.phase.options],
    ['notice.code', notice.entries.code.options],
    ['settings.providerName', settings.entries.provider.options],
    ['settings.effortName', settings.entries.effort.options],
    ['provider.outcome', providerReport.entries.tried.item.entries.outcome.options],
    ['meaning', reason.entries.kind.options],
    ['reason', reason.entries.kind.options],
    ['service', ['restarting', 'failed']],
    ['model', ['missing', 'invalid']],
  ])('names every %s of the contract', (group, names) => {
    for (const name of names) expect([name, english.has(`${group}.${name}`)]).toEqual([name, true])
  })
})
