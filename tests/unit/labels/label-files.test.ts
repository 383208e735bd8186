import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'

const original = resolve(import.meta.dirname, '../../../native-models/labels')
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labels-'))
  await cp(original, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function change(file: string, from: RegExp, to: string): Promise<number> {
  const text = await readFile(join(folder, file), 'utf8')
  const found = from.exec(text)
  if (found === null) throw new Error(`${file} has no ${String(from)}`)
  await writeFile(join(folder, file), text.replace(from, to))
  return text.slice(0, found.index).split('\n').length
}

describe('a mistake in a label file', () => {
  it.each([
    ['en.tsv', /^cat\tcat\t/mu, 'cat\tdog\t', '"dog" already names'],
    ['en.tsv', /^151\t/mu, '150\t', 'already named'],
    ['en.tsv', /^dog\t/mu, 'hound dog\t', 'neither a class number nor the key of a category'],
    ['ru.tsv', /^7\t[^\t]+\t/mu, '7\t\t', 'the name is missing'],
    ['ru.tsv', /^term\tname/mu, 'term\ttitle', 'the columns must be term, name, plural, also'],
    ['classes.tsv', /^151\t/mu, '152\t', 'class 151 must stand here'],
    ['classes.tsv', /^7\tn\d{8}/mu, '7\tn123', 'is no WordNet id'],
    ['classes.tsv', /^7\t(n\d{8})\t[\d.]+/mu, '7\t$1\t1.5', 'between 0 and 1'],
    ['classes.tsv', /^7\t(n\d{8}\t[\d.]+)\t[^\t]+/mu, '7\t$1\t', 'inside no category'],
    ['classes.tsv', /^7\t(n\d{8}\t[\d.]+)\t[^\t]+/mu, '7\t$1\tplacental', 'no category "placental"'],
    ['categories.tsv', /^1000\tanimal\t/mu, '1000\tanimal\tdog', '"animal" is inside itself'],
    ['categories.tsv', /^1001\t/mu, '1000\t', 'the number 1000 is already taken'],
    ['categories.tsv', /^1001\t/mu, '999\t', 'the number must be'],
    ['categories.tsv', /^1001\tmammal/mu, '1001\tMammal', 'is no key'],
    ['en-unseen.tsv', /\tplant; nature$/mu, '\ttree', 'neither a class number'],
    ['en.tsv', /^dog\t(.*)$/mu, 'dog\t$1\tmore\tand more', 'only 4 columns'],
  ])('in %s (%s) is told with file, line and fault', async (file, from, to, fault) => {
    const line = await change(file, from, to)
    expect(() => loadLexicon(folder)).toThrow(fault)
    expect(() => loadLexicon(folder)).toThrow(`${file}, line ${line}: `)
  })

  it('is told when something has no name or no class', async () => {
    await change('ru.tsv', /^7\t.*\n/mu, '')
    expect(() => loadLexicon(folder)).toThrow('has no name for class 7')
    await cp(original, folder, { recursive: true })
    await change('categories.tsv', /$/u, '1999\tempty\tanimal\t0.5\n')
    expect(() => loadLexicon(folder)).toThrow('no class belongs to "empty"')
  })

  it('is no missing plural: the name then serves for both', async () => {
    await change('en.tsv', /^7\t([^\t]+)\t[^\t\n]*/mu, '7\t$1\t')
    const lexicon = loadLexicon(folder)
    expect(lexicon.plural(7, 'en')).toBe(lexicon.label(7, 'en'))
  })

  it('is neither a byte-order mark nor Windows line ends', async () => {
    const text = await readFile(join(folder, 'ru.tsv'), 'utf8')
    await writeFile(join(folder, 'ru.tsv'), `\ufeff${text.replaceAll('\n', '\r\n')}`)
    expect(loadLexicon(folder).label(258, 'ru')).toBe('самоед')
  })
})
