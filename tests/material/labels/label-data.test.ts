import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { language } from '../../../electron/core/contract/values.ts'
import { fold } from '../../../electron/core/labels/fold.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { sharedPath } from '../shared.ts'

const lexicon = loadLexicon()
const allTerms = [...lexicon.classes.map(({ index }) => index), ...lexicon.categories.map(({ id }) => id)]
const synsets = readFileSync(sharedPath('labels/synset.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => ({ id: line.slice(0, 9), names: line.slice(10).split(', ') }))

const classesNamed = (phrase: string): number[] =>
  lexicon
    .lookup(phrase)
    .flatMap((term) => lexicon.categories.find(({ id }) => id === term)?.classes ?? [term])
const classesOf = (key: string) => lexicon.categories.find((category) => category.key === key)?.classes ?? []

describe('the label files', () => {
  it('know the 1000 classes of the model in its order', () => {
    expect(lexicon.classes.map(({ synset }) => synset)).toEqual(synsets.map(({ id }) => id))
  })

  it('put every class into a category and a class into every category', () => {
    for (const { parents } of lexicon.classes) expect(parents.length).toBeGreaterThan(0)
    for (const { classes } of lexicon.categories) expect(classes.length).toBeGreaterThan(0)
  })

  it('give a wider category all classes of those inside it', () => {
    for (const { classes, parents } of lexicon.categories) {
      for (const parent of parents) {
        const wider = new Set(lexicon.categories.find(({ id }) => id === parent)?.classes)
        expect(classes.filter((index) => !wider.has(index))).toEqual([])
      }
    }
  })

  it.each(language.options)('name everything in "%s", no two things alike', (code) => {
    const names = allTerms.map((term) => fold(lexicon.label(term, code)))
    expect(names.filter((name) => name === '')).toEqual([])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  it('write Russian names in Cyrillic', () => {
    const latin = allTerms.map((term) => lexicon.label(term, 'ru')).filter((name) => !/[а-яё]/iu.test(name))
    expect(latin).toEqual([])
  })

  it.each(language.options)('find everything by its shown name and plural in "%s"', (code) => {
    const lost = allTerms.filter((term) =>
      [lexicon.label(term, code), lexicon.plural(term, code)].some((name) => {
        const found = lexicon.lookup(name)
        return !found.includes(term) && !classesNamed(name).includes(term)
      }),
    )
    expect(lost).toEqual([])
  })

  it('find every class by each of its WordNet names, Latin ones included, but for what people mean otherwise', () => {
    const lost = synsets.flatMap(({ names }, index) =>
      names.filter((name) => !classesNamed(name).includes(index)),
    )
    expect(lost).toEqual(
      (
        'torpedo; killer; painter; ounce; hopper; darning needle; sewing needle; ai; carrier; beam; bob; mole; bullet; hack; ' +
        'mail; chopper; spiral; trump; napkin; board; nursery; harp; claw; light; sweet potato; scope; essence; ' +
        'comfort; puff; spot; rig; press; jack; drop; head; spike'
      ).split('; '),
    )
  })

  it('find every class by the first of them, which is how others call it', () => {
    const lost = synsets.filter(({ names: [first = ''] }, index) => !classesNamed(first).includes(index))
    expect(lost).toEqual([])
  })

  it('never read a comma as the end of a name', () => {
    const commas = allTerms.flatMap((term) => language.options.map((code) => lexicon.label(term, code)))
    expect(commas.filter((name) => name.includes(','))).toEqual([])
  })

  it('keep the numbers that libraries on disk refer to', () => {
    expect(lexicon.idOf('category:animal')).toBe(1000)
    expect(lexicon.idOf('category:dog')).toBe(1002)
    expect(lexicon.keyOf(1002)).toBe('category:dog')
    expect(lexicon.idOf('class:151')).toBe(151)
    expect(lexicon.keyOf(151)).toBe('class:151')
    expect(lexicon.idOf('own:7')).toBe(10_007)
    expect(lexicon.keyOf(10_007)).toBe('own:7')
    expect(lexicon.idOf('category:placental')).toBeNull()
    expect(lexicon.idOf('class:1000')).toBeNull()
  })

  it('say so when a term has no name', () => {
    expect(() => lexicon.label(10_001, 'en')).toThrow(RangeError)
    expect(() => lexicon.keyOf(9_999)).toThrow(RangeError)
    expect(lexicon.threshold(10_001)).toBe(0)
  })
})

describe('categories are what people mean', () => {
  it('dog: the breeds from Chihuahua to Mexican hairless, nothing else', () => {
    expect(classesOf('dog')).toEqual(Array.from({ length: 118 }, (_, at) => 151 + at))
  })

  it.each([
    ['dog', 934, 'hot dog'],
    ['dog', 537, 'dog sled'],
    ['cat', 383, 'ring-tailed lemur ("Madagascar cat")'],
    ['cat', 387, 'red panda ("bear cat")'],
    ['insect', 70, 'harvestman'],
    ['spider', 71, 'scorpion'],
    ['fish', 147, 'gray whale'],
    ['fish', 327, 'starfish'],
    ['bird', 448, 'birdhouse'],
    ['bottle', 455, 'bottle cap'],
    ['bear', 850, 'teddy bear'],
    ['sheepdog', 236, 'Doberman'],
    ['sheepdog', 237, 'miniature pinscher'],
    ['sheepdog', 239, 'Bernese mountain dog'],
    ['building', 904, 'window screen'],
    ['building', 448, 'birdhouse'],
    ['building', 799, 'sliding door'],
    ['computer', 508, 'computer keyboard'],
    ['computer', 673, 'computer mouse'],
    ['camera', 872, 'tripod'],
    ['house', 672, 'tent'],
    ['light', 626, 'lighter'],
    ['cookware', 849, 'teapot'],
    ['horse', 603, 'horse cart'],
  ])('%s does not hold %i, %s', (word, index) => {
    expect(classesNamed(word)).not.toContain(index)
  })

  it.each([
    ['animal', 386],
    ['animal', 309],
    ['bottle', 907],
    ['vehicle', 817],
    ['food', 954],
    ['musical instrument', 889],
    ['fish', 2],
    ['bird', 145],
    ['flower', 985],
    ['clothes', 610],
    ['building', 497],
    ['computer', 527],
    ['computer', 664],
    ['light', 846],
    ['glass', 572],
    ['стакан', 441],
    ['laptop', 681],
    ['notebook', 620],
    ['туфля', 770],
    ['meal', 923],
    ['drink', 968],
    ['terrier', 196],
  ])('%s holds class %i', (word, index) => {
    expect(classesNamed(word)).toContain(index)
  })
})
