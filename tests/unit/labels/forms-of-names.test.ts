import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { ancestorsIn } from '../../../electron/core/labels/ancestors.ts'
import { readTable } from '../../../electron/core/labels/table.ts'
import type { TermId } from '../../../electron/core/labels/term.ts'
import { casesOfNoun, formsOfAdjective, usualPlural } from './declension.ts'

const lexicon = loadLexicon()
const above = ancestorsIn(lexicon)
const names = (file: string) =>
  readTable(join(resolve(import.meta.dirname, '../../../native-models/labels'), file), [
    'term',
    'name',
    'plural',
    'also',
  ]).map((row) => ({
    name: row.cell('name'),
    plural: row.cell('plural') || row.cell('name'),
    synonyms: row.list('also', ';'),
  }))

/** What `word` finds and `form` does not, not even as part of something wider. */
function lost(word: string, form: string): TermId[] {
  const found = new Set(lexicon.lookup(form))
  return lexicon
    .lookup(word)
    .filter((term) => !found.has(term) && !above(term).some((wider) => found.has(wider)))
}

const isAdjective = (word: string) => /(?:[ыио]й|[аяь]я|[ое]е|ье)$/u.test(word)
const plain = (name: string) => name.replace(/ \([^)]*\)/u, '')

/** The forms of a name, every word of it that has a plural bent. */
function formsOf(name: string, plural: string): string[] {
  const singulars = name.toLowerCase().split(' ')
  const plurals = plural.toLowerCase().split(' ')
  if (singulars.length !== plurals.length) return []
  // What follows the noun ("крышка люка") depends on it and stays.
  const noun = singulars.findIndex(
    (word, at) => !isAdjective(word) || !/(?:[ыи]е|ьи)$/u.test(plurals[at] ?? ''),
  )
  const bent = singulars.map((word, at) => {
    const many = plurals[at] ?? ''
    if (noun !== -1 && (at > noun || word === many) && singulars.length > 1) return [word]
    const adjective = noun === -1 || at < noun
    const forms = adjective ? formsOfAdjective(word, many) : casesOfNoun(word, many)
    return forms.length === 0 ? [word] : forms
  })
  const most = Math.max(...bent.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) =>
    bent.map((forms) => forms[at % forms.length] ?? '').join(' '),
  )
}

const faults = (pairs: readonly { name: string; plural: string }[]) =>
  pairs.flatMap(({ name, plural }) => {
    const without = [...new Set(formsOf(name, plural))].filter((form) => lost(name, form).length > 0)
    return without.length === 0 ? [] : [`${name}: ${without.join(', ')}`]
  })

describe('every form of an English name finds what the name finds', () => {
  it('its plural as shown', () => {
    const all = names('en.tsv').filter(({ name, plural }) => lost(plain(name), plain(plural)).length > 0)
    expect(all.map(({ name, plural }) => `${name} – ${plural}`)).toEqual([])
  })

  it('and what its plural finds, for names that are one thing', () => {
    const all = names('en.tsv').filter(
      ({ name, plural }) => !/[)]| or | and /u.test(name) && lost(plural, name).length > 0,
    )
    expect(all.map(({ name, plural }) => `${plural} – ${name}`)).toEqual([])
  })

  it('the plural of every other word', () => {
    const unlike: Readonly<Record<string, string>> = {
      fungus: 'fungi',
      person: 'people',
      calf: 'calves',
      loaf: 'loaves',
      knife: 'knives',
      leaf: 'leaves',
      ox: 'oxen',
      mouse: 'mice',
      louse: 'lice',
      woodlouse: 'woodlice',
      goose: 'geese',
      scarf: 'scarves',
    }
    const pluralOf = (word: string) => {
      const one = /(\S+)$/u.exec(word)?.[1] ?? ''
      const start = word.slice(0, word.length - one.length)
      if (unlike[one] !== undefined) return start + unlike[one]
      if (/[^aeiou]y$/u.test(one)) return `${start}${one.slice(0, -1)}ies`
      if (/(?:s|x|z|ch|sh)$/u.test(one)) return `${start}${one}es`
      return `${start}${one}s`
    }
    const words = names('en.tsv').flatMap(({ synonyms }) => synonyms)
    const singular = words.map(plain).filter((word) => !/(?:s|ing|ery|up|\d)$/u.test(word))
    expect(singular.length).toBeGreaterThan(300)
    expect(singular.filter((word) => lost(word, pluralOf(word)).length > 0)).toEqual([])
  })

  it('the singular of every word given only as a plural', () => {
    const alwaysPlural =
      /(?:goods|clothes|supplies|spectacles|billiards|jaws|trousers|pants|tights|pyjamas|newlyweds|arms|specs|optics|glasses|comics|sunglasses|Bruxellois|Christmas|lens)$/u
    const plurals = names('en.tsv')
      .flatMap(({ synonyms }) => synonyms)
      .filter((word) => /[^su]s$/u.test(word) && !alwaysPlural.test(word))
    expect(
      plurals.filter((word) =>
        [word.slice(0, -1), word.slice(0, -2)].every((one) => lost(word, one).length > 0),
      ),
    ).toEqual([])
  })
})

describe('the other words of a name', () => {
  it('are single words or phrases: two names joined by "or" are nothing that is typed', () => {
    for (const file of ['en.tsv', 'ru.tsv'])
      expect(
        names(file).flatMap(({ synonyms }) => synonyms.filter((word) => / или | or /u.test(word))),
      ).toEqual([])
  })
})

describe('every form of a Russian name finds what the name finds', () => {
  it('of its shown name, in all cases', () => {
    const pairs = names('ru.tsv')
      .map(({ name, plural }) => ({ name: plain(name), plural: plain(plural) }))
      .filter(({ name }) => !/ или | и |-/u.test(name))
    expect(pairs.flatMap(({ name, plural }) => formsOf(name, plural)).length).toBeGreaterThan(5000)
    expect(faults(pairs)).toEqual([])
  })

  it('of every other word, in all cases', () => {
    const words = names('ru.tsv').flatMap(({ synonyms }) => synonyms.map(plain))
    const nouns = words.filter(
      (word) =>
        /^[а-яё]+$/u.test(word) && !/(?:[ыи]|[уюэ]|[ыио]й|[аяь]я|[ое]е)$/u.test(word) && !unchanged.has(word),
    )
    expect(nouns.length).toBeGreaterThan(400)
    expect(faults(nouns.map((name) => ({ name, plural: usualPlural(name) })))).toEqual([])
  })

  /** Words that no case changes, and those whose plural is not the usual one. */
  const unchanged = new Set(
    'авто боа какаду калао котэ чихуа чихуахуа мальтезе малинуа шимпанзе патио радио кафе парео портмоне пюре кофе мейтаке пикельхаубе виски казино кашпо боло хого'.split(
      ' ',
    ),
  )
})
