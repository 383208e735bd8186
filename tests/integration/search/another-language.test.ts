import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { windowOf } from '../../../electron/core/search/search.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { sampleLibrary } from './sample-library.ts'

/** A language of labels that nobody ships: its code in the one list, its two files beside the others. */
vi.mock('../../../electron/core/contract/languages.ts', () => ({
  languageNames: { en: 'English', ru: 'Русский', xx: 'Nowhere' },
  languages: ['en', 'ru', 'xx'],
}))

const shipped = resolve(import.meta.dirname, '../../../native-models/labels')
const folder = mkdtempSync(join(tmpdir(), 'kartoteka-labels-'))
cpSync(shipped, folder, { recursive: true })
const names: Readonly<Record<string, string>> = {
  dog: 'hundo\thundoj\tbojulo',
  '340': 'zebro\tzebroj\tstriulo',
  '134': 'gruo (birdo)\tgruoj\t',
}
const lines = readFileSync(join(shipped, 'en.tsv'), 'utf8').split('\n')
const translated = lines.map((line) => {
  const [term = ''] = line.split('\t')
  return names[term] === undefined ? line : `${term}\t${names[term]}`
})
writeFileSync(join(folder, 'xx.tsv'), translated.join('\n'))
writeFileSync(join(folder, 'xx-unseen.tsv'), 'words\tnearest\nsunsubiro\tdog\n')

const lexicon = loadLexicon(folder)
const dog = lexicon.idOf('category:dog') ?? 0
const { reader, close } = sampleLibrary(
  [
    { name: 'a.jpg', tags: [[151, 0.9]], categoryProbabilities: [[dog, 0.95]] },
    { name: 'b.jpg', tags: [[340, 0.9]] },
    { name: 'c.jpg', keywords: ['zebro'] },
    { name: 'd.jpg', tags: [[134, 0.9]] },
  ],
  lexicon,
)
afterAll(() => {
  close()
  rmSync(folder, { recursive: true })
})

const found = (text: string): number[] => {
  const search = { text, minConfidence: null, sort: 'confidence', language: 'en' } as const
  return windowOf(reader, lexicon, search, 0, 10).map(({ id }) => id)
}

describe('a language of labels that was added to the list', () => {
  it('finds photos by its names, plurals and other words', () => {
    expect(found('hundo')).toEqual([1])
    expect(found('hundoj')).toEqual([1])
    expect(found('bojulo')).toEqual([1])
    expect(found('label:striulo')).toEqual([2])
  })

  it('finds photos by its names among their keywords, whatever language was typed', () => {
    expect(found('zebra')).toEqual([3, 2])
    expect(found('зебра')).toEqual([3, 2])
  })

  it('takes a shown name with its distinguishing word', () => {
    expect(found('label:"gruo (birdo)"')).toEqual([4])
    expect(found('gruo (birdo)')).toEqual([4])
  })

  it('suggests what is near a word for what cannot be seen, by its own names', () => {
    const { vocabulary } = sessionOf(reader, lexicon)
    expect(vocabulary.nearest('sunsubiro', 'en')[0]).toEqual({ text: 'hundo', term: dog })
  })
})
