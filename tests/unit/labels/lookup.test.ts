import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'

const lexicon = loadLexicon()
const keys = (phrase: string) => lexicon.lookup(phrase).map((term) => lexicon.keyOf(term))

describe('words people use', () => {
  it.each([
    ['dog', 'category:dog'],
    ['puppy', 'category:dog'],
    ['kitty', 'category:cat'],
    ['auto', 'category:car'],
    ['aeroplane', 'category:plane'],
    ['bike', 'category:bicycle'],
    ['ocean', 'category:sea'],
    ['elephant', 'category:elephant'],
    ['poodle', 'category:poodle'],
    ['glass', 'category:glass'],
    ['light', 'category:lamp'],
    ['laptop', 'category:laptop'],
    ['notebook', 'category:laptop'],
    ['Samoyed', 'class:258'],
    ['hot dog', 'class:934'],
    ['собака', 'category:dog'],
    ['щенок', 'category:dog'],
    ['котик', 'category:cat'],
    ['авто', 'category:car'],
    ['птичка', 'category:bird'],
    ['еда', 'category:food'],
    ['туфля', 'category:shoe'],
    ['туфли', 'category:shoe'],
    ['стакан', 'category:glass'],
    ['ноутбук', 'category:laptop'],
    ['самоед', 'class:258'],
  ])('%s is %s', (word, key) => {
    expect(keys(word)).toEqual([key])
  })

  it.each([
    'person',
    'baby',
    'sunset',
    'tree',
    'rose',
    'человек',
    'закат',
    'дерево',
    'asdfgh',
    '',
    '  ',
    '*',
    '(',
  ])('%j names nothing the model knows', (word) => {
    expect(keys(word)).toEqual([])
  })

  it('looks at whole words only', () => {
    expect(keys('ant')).toEqual(['class:310'])
    expect(keys('eleph')).toEqual([])
    expect(keys('dog car')).toEqual([])
  })

  it.each([
    ['crane', ['class:134', 'class:517']],
    ['crane (bird)', ['class:134']],
    ['crane bird', ['class:134']],
    ['crane (machine)', ['class:517']],
    ['cranes', ['class:134', 'class:517']],
    ['cardigan', ['class:264', 'class:474']],
    ['maillot', ['class:638', 'class:639']],
    ['panther', ['class:286', 'class:290']],
    ['missile', ['class:657', 'class:744']],
    ['horn', ['class:513', 'class:566']],
    ['wagon', ['class:436', 'class:734']],
    ['tub', ['class:435', 'class:876']],
    ['panda', ['class:387', 'class:388']],
    ['пантера', ['class:286', 'class:290']],
    ['замок', ['category:lock', 'class:483']],
    ['обезьяна', ['category:ape', 'category:monkey']],
  ])('%s may be several things', (word, several) => {
    expect(keys(word).sort()).toEqual(several)
  })

  it('leaves out what lies inside another answer', () => {
    expect(keys('mushroom')).toEqual(['category:mushroom'])
  })
})

describe('however it is written', () => {
  it.each(['DOG', 'Ｄｏｇ', 'dog\u200b', ' dog '])('%j is a dog', (word) => {
    expect(keys(word)).toEqual(['category:dog'])
  })

  it.each(["jack-o'-lantern", 'jack-o-lantern', 'Jack O’Lantern', 'jack o lantern'])(
    '%s is one lantern',
    (word) => {
      expect(keys(word)).toEqual(['class:607'])
    },
  )

  it.each(['bow tie', 'bow-tie', 'bowtie', 'Bow_Tie', 'bow ties'])('%s is a bow tie', (word) => {
    expect(keys(word)).toEqual(['class:457'])
  })

  it.each(['black-and-tan coonhound', 'black and tan coonhound'])('%s', (word) => {
    expect(keys(word)).toEqual(['class:165'])
  })

  it.each(['ёжик', 'ежик', 'Ёж'])('%s', (word) => {
    expect(keys(word)).toEqual(['class:334'])
  })
})

describe('plurals and cases', () => {
  it.each([
    ['dogs', 'category:dog'],
    ['cats', 'category:cat'],
    ['buses', 'category:bus'],
    ['wolves', 'category:wolf'],
    ['foxes', 'category:fox'],
    ['mice', 'class:673'],
    ['geese', 'class:99'],
    ['oxen', 'class:345'],
    ['puppies', 'category:dog'],
    ['kittens', 'category:cat'],
    ['lionesses', 'class:291'],
    ['hotdogs', 'class:934'],
    ['Siberian huskies', 'class:250'],
  ])('%s', (word, key) => {
    expect(keys(word)).toEqual([key])
  })

  it.each([
    ...['собаки', 'собак', 'собаку', 'собаке', 'собакой', 'собаками', 'собаках'].map((w) => [
      w,
      'category:dog',
    ]),
    ...['щенка', 'щенки', 'щенков', 'щенята', 'щенятами', 'пса', 'псы'].map((w) => [w, 'category:dog']),
    ...['кошек', 'кота', 'котами', 'котёнка', 'котята', 'котят'].map((w) => [w, 'category:cat']),
    ...['льва', 'львы', 'львов', 'львом'].map((w) => [w, 'class:291']),
    ...['чёрного лебедя', 'чёрные лебеди', 'ЧЕРНЫХ ЛЕБЕДЕЙ', 'чёрным лебедем'].map((w) => [w, 'class:100']),
    ...['белому медведю', 'белых медведей'].map((w) => [w, 'class:296']),
    ...['божью коровку', 'божьих коровок'].map((w) => [w, 'class:301']),
    ...['птиц', 'птицами', 'птичек'].map((w) => [w, 'category:bird']),
    ...['стульев', 'стульями', 'кресел', 'кресла'].map((w) => [w, 'category:chair']),
    ...['муравья', 'муравьёв'].map((w) => [w, 'class:310']),
    ...['зайца', 'зайцами'].map((w) => [w, 'class:331']),
    ...['мышью', 'мышей'].map((w) => [w, 'class:673']),
    ...['лошадей', 'лошадью'].map((w) => [w, 'class:339']),
    ...['насекомых', 'насекомым'].map((w) => [w, 'category:insect']),
    ...['морей', 'морем'].map((w) => [w, 'category:sea']),
    ...['бабочек', 'бабочку'].map((w) => [w, 'category:butterfly']),
    ...['овец', 'овцы'].map((w) => [w, 'category:sheep']),
    ...['цветов', 'цветы', 'цветка'].map((w) => [w, 'category:flower']),
    ...['мышам', 'мышами'].map((w) => [w, 'class:673']),
    ...['яблоки', 'яблок'].map((w) => [w, 'class:948']),
    ...['жилищ', 'домов'].map((w) => [w, 'category:house']),
    ...['скорой помощью', 'скорую помощь'].map((w) => [w, 'class:407']),
  ])('%s', (word, key) => {
    expect(keys(word)).toEqual([key])
  })

  it.each([
    'мор',
    'пол',
    'воли',
    'вес',
    'пили',
    'домой',
    'коту собака',
    'care',
    'pine',
    'bar',
    'hors',
    'can cane',
    'gas',
  ])('%s is no form of anything known', (word) => {
    expect(keys(word)).toEqual([])
  })

  it('prefers a word as written to one it may be a form of', () => {
    expect(keys('белки')).toEqual(['class:335'])
    expect(keys('кит')).toEqual(['category:whale'])
  })
})

describe('any text at all', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom(...'собакиdogsьйёятевами -\'"()*:%\0\ud800'), { maxLength: 40 })
      .map((characters) => characters.join('')),
  )

  it('never makes looking up, suggesting or completing throw', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const term of lexicon.lookup(text)) expect(lexicon.label(term, 'en')).not.toBe('')
        expect(lexicon.nearest(text, 5).length).toBeLessThanOrEqual(5)
        expect(lexicon.startingWith(text, 'ru', 5).length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 1000 },
    )
  })

  it('may be very long', () => {
    const long = 'собака '.repeat(100_000)
    expect(lexicon.lookup(long)).toEqual([])
    expect(lexicon.nearest(long, 5)).toEqual([])
    expect(lexicon.startingWith(long, 'en', 5)).toEqual([])
  })
})

it('knows how many words the longest name has', () => {
  expect(lexicon.maxPhraseWords).toBeGreaterThanOrEqual('black and gold garden spider'.split(' ').length)
  expect(lexicon.maxPhraseWords).toBeLessThan(12)
})
