import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaText } from '../../../electron/core/contract/map.ts'
import { read, told, understood } from './lexicon.ts'

describe('words', () => {
  it('are joined by and, whatever their case, accents and form', () => {
    expect(told('dog bird')).toBe('category(dog (category)), category(bird (category))')
    expect(told('DOGS')).toBe('category(dog (category))')
    expect(told('собак')).toBe('category(dog (category))')
    expect(told('ｄｏｇ')).toBe('category(dog (category))')
    expect(told('photos of dogs in 2021')).toBe('category(dog (category)), date(year 2021)')
  })

  it('are joined by or with their neighbours only', () => {
    expect(told('dog or cat bird')).toBe(
      'category(dog (category)) | category(cat (category)), category(bird (category))',
    )
    expect(told('собака или кошка')).toBe('category(dog (category)) | category(cat (category))')
    expect(told('dog|cat')).toBe('category(dog (category)) | category(cat (category))')
    expect(told('or dog or')).toBe('category(dog (category))')
    expect(told('dog and cat')).toBe('category(dog (category)), category(cat (category))')
  })

  it.each(['-duck', '–duck', '!duck', 'not duck', 'NOT duck', 'without a duck', 'не утка', 'без утки'])(
    'are negated by a sign or a word: %s',
    (text) => {
      expect(told(text)).toBe('-category(duck (category))')
    },
  )

  it('are negated as whole phrases', () => {
    expect(told('-"hot dog"')).toBe('-label(hot dog)')
    expect(told('not not')).toBe('')
  })

  it('name the longest thing they can', () => {
    expect(told('black swan')).toBe('label(black swan)')
    expect(told('чёрного лебедя')).toBe('label(black swan)')
    expect(told('hot dog')).toBe('label(hot dog)')
    expect(told('hot-dog')).toBe('label(hot dog)')
    expect(told('hotdog dog')).toBe('label(hot dog), category(dog (category))')
    expect(told("jack-o'-lantern")).toBe("label(jack-o'-lantern)")
    expect(told('bow-tie')).toBe(told('bow tie'))
  })

  it('do not join across a sign or an operator', () => {
    expect(told('hot & dog')).toBe(
      'word(“hot” in titles, keyword, in notes, in file names), category(dog (category))',
    )
    expect(told('hot -dog')).toBe(
      'word(“hot” in titles, keyword, in notes, in file names), -category(dog (category))',
    )
  })

  it('between commas are alternatives when each of them is a label', () => {
    expect(told('dog, cat')).toBe('category(dog (category)) | category(cat (category))')
    expect(told('dog, black swan; "hot dog" 2019')).toBe(told('dog & black swan & "hot dog" & 2019'))
    expect(told('photos of dog, hot dogs or bird')).toBe(
      'category(dog (category)) | label(hot dog) | category(bird (category))',
    )
    expect(told('собака, кошка')).toBe(told('dog, cat'))
  })

  it('take any other comma for a space', () => {
    expect(told('italy, 2019')).toBe(told('italy 2019'))
    expect(told('dog, cat, 2019')).toBe(told('dog cat 2019'))
    expect(told('grandma, ольга')).toBe('own-label(Grandma Ольга (own label))')
  })

  it('may have a comma of their own', () => {
    expect(told('Rome, 2018')).toBe('own-label(Rome, 2018 (own label))')
    expect(told('rome 2018')).toBe('own-label(Rome, 2018 (own label))')
  })

  it('of a name of several still mean what they mean one by one', () => {
    const [part] = read('black swan').groups.flat()
    expect(part?.criterion).toMatchObject({
      terms: [100],
      each: [
        { words: 'black', terms: [] },
        { words: 'swan', terms: expect.arrayContaining([100]) as number[] },
      ],
    })
    expect(read('"black swan"').groups.flat()[0]?.criterion).toMatchObject({ terms: [100], each: [] })
  })

  it('that name several labels mean any of them', () => {
    expect(told('crane')).toBe('label(crane (bird) or crane (machine))')
    expect(understood('crane')[0]?.terms).toEqual(['class:134', 'class:517'])
    expect(told('crane (bird)')).toBe('label(crane (bird))')
    expect(told('"crane (machine)"')).toBe('label(crane (machine))')
  })

  it('may be own labels, of any script', () => {
    expect(told('grandma ольга')).toBe('own-label(Grandma Ольга (own label))')
    expect(told('נתב"ג')).toBe('own-label(נתב"ג (own label))')
    expect(told('mcdonalds')).toBe("own-label(McDonald's (own label))")
    expect(told('лето 2019')).toMatch(/^word\(Лето 2019 \(own label\), summer 2019: /)
  })

  it('that end like the name of a photo are the name, which is kept without its ending', () => {
    for (const ending of ['jpg', 'JPG', 'png', 'heic', 'CR2'])
      expect(told(`IMG_12.${ending}`)).toBe('word(“img 12” in titles, keyword, in notes, in file names)')
    expect(told('"IMG 12.jpg", italy')).toBe(
      'word(“img 12” in titles, keyword, in notes, in file names), word(“italy” in titles, keyword, in notes, in file names)',
    )
    expect(told('name:IMG_12.jpg')).toBe('name(file name img 12)')
    expect(told('-name:"IMG_12.JPG"')).toBe('-name(file name img 12)')
    // "png" is no ending without a name before it, and "13" none of a photo.
    expect(told('.png')).toBe('unknown(“png”: not known)')
    expect(told('IMG_12.13')).toBe('unknown(“IMG_12.13”: not known)')
  })

  it('that no label has are looked for in names, keywords, titles and notes', () => {
    expect(told('Italy')).toBe('word(“Italy” in titles, keyword, in notes, in file names)')
    expect(told('IMG_12')).toBe('word(“IMG_12” in titles, keyword, in notes, in file names)')
    expect(told('"swan lake"')).toBe('word(“swan lake” in titles, keyword, in notes, in file names)')
  })

  it('that are found nowhere come with the nearest known ones', () => {
    expect(told('dogg')).toBe('unknown(“dogg”: not known)')
    expect(understood('dogg', 'ru')[0]?.meaning).toBe('«dogg»: неизвестно')
    expect(understood('dogg')[0]?.nearest[0]).toMatchObject({ text: 'dog', term: 'category:dog' })
    expect(understood('tulip')[0]?.nearest.map(({ term }) => term)).toContain('category:flower')
    const misspelt = understood('chihuaua')[0]?.nearest.map(({ term }) => term)
    expect(misspelt).toContain('class:151')
    expect(misspelt).toContain('category:dog')
  })
})

describe('quotes', () => {
  it('hold words together and protect them', () => {
    expect(told('"not"')).toBe('unknown(“not”: not known)')
    expect(told('"2021"')).toBe('unknown(“2021”: not known)')
    expect(told('«чёрный лебедь»')).toBe('label(black swan)')
    expect(told('“hot dog”')).toBe('label(hot dog)')
  })

  it('may be left open', () => {
    expect(told('"bow tie')).toBe(told('bow tie'))
    expect(told('bird "')).toBe('category(bird (category))')
  })
})

describe('operators', () => {
  it('are known in both languages and in any spacing', () => {
    expect(told('label:dog')).toBe(told('метка:собака'))
    expect(told('category: dog')).toBe('category(dog (category))')
    expect(told('folder:"My Photos"')).toBe('folder(folder My Photos)')
    expect(told('папка:Италия')).toBe('folder(folder Италия)')
    expect(told('camera:canon type:JPG')).toBe('camera(camera canon), type(format jpeg)')
    expect(told('place:rome near:"New York"')).toBe('place(place rome), near(near New York)')
    expect(told('место:Рим')).toBe('place(place Рим)')
    expect(told('тип：png')).toBe('type(format png)')
    expect(told('has:place есть:дата')).toBe('has(with a place), has(with a date)')
    expect(told('is:untagged is:problem -is:damaged')).toBe(
      'is(without labels), is(with problems), -is(damaged files)',
    )
    expect(told('is:undated это:"без даты" статус:брак')).toBe(
      'is(without a date of their own), is(without a date of their own), is(rejected)',
    )
    expect(told('name:img_12 keyword:2024')).toBe('name(file name img 12), keyword(keyword 2024)')
    expect(told('title:sea заметка:"по морю"')).toBe('title(title sea), note(note по морю)')
    expect(told('is:favorite это:избранное has:stars есть:заметка')).toBe(
      'is(favourites), is(favourites), has(with stars), has(with a note)',
    )
  })

  it('take the longest label as their value', () => {
    expect(told('label:hot dog cat')).toBe('label(hot dog), category(cat (category))')
    expect(told('label:class:134')).toBe('label(crane (bird))')
    expect(told('category:"category:dog"')).toBe('category(dog (category))')
    expect(told('label:own:1')).toBe('own-label(Grandma Ольга (own label))')
    expect(told('label:own:99')).toBe('unknown(“own:99”: not known)')
  })

  it('say so when they do not know the value', () => {
    expect(told('is:funny')).toBe('unknown(“funny”: not known)')
    expect(understood('is:funny')[0]?.nearest.map(({ text }) => text)).toContain('is:untagged')
    expect(told('year:soon')).toBe('unknown(“soon”: not known)')
  })

  it('without a value ask for nothing; a word that is no operator is a word', () => {
    expect(told('dog folder:')).toBe('category(dog (category))')
    expect(told('folder: -dog')).toBe('-category(dog (category))')
    expect(told('a:b')).toBe('unknown(“a:b”: not known)')
  })
})

describe('confidence', () => {
  it.each([
    ['confidence:>0.6', 'confidence over 60\u202f%'],
    ['confidence:>=60%', 'confidence at least 60\u202f%'],
    ['confidence>0,6', 'confidence over 60\u202f%'],
    ['уверенность: > 60', 'confidence over 60\u202f%'],
    ['confidence:0.6', 'confidence at least 60\u202f%'],
    ['confidence:<0.5', 'confidence under 50\u202f%'],
    ['-confidence:>0.6', 'confidence at most 60\u202f%'],
    ['not confidence:<=12.5%', 'confidence at least 12.51\u202f%'],
  ])('%s', (text, meaning) => {
    expect(understood(text).map((part) => part.meaning)).toEqual([meaning])
  })

  it('narrows everything, so it is no alternative', () => {
    expect(told('dog or confidence:>0.6 or cat')).toBe(
      'category(dog (category)), confidence(confidence over 60\u202f%), category(cat (category))',
    )
  })
})

/** In 1/100,000 of a degree. */
const edge = (most: number) => integer({ min: -most * 100_000, max: most * 100_000 })

describe('boxes on the map', () => {
  it.each([
    ['area:52.3,13.1..52.7,13.8', 'en', 'area 52.3–52.7° N, 13.1–13.8° E'],
    ['участок:52.3,13.1..52.7,13.8', 'ru', 'участок 52,3–52,7° с. ш., 13,1–13,8° в. д.'],
    ['area:51.3,-0.5..51.7,0.2', 'en', 'area 51.3–51.7° N, 0.5° W – 0.2° E'],
    ['area:−1.5,−70…0.5,−60', 'en', 'area 1.5° S – 0.5° N, 70–60° W'],
    ['area: "-20, 170 .. -10, -170"', 'en', 'area 20–10° S, 170° E – 170° W'],
  ] as const)('%s', (text, language, meaning) => {
    expect(understood(text, language).map((part) => [part.kind, part.text, part.meaning])).toEqual([
      ['area', text, meaning],
    ])
  })

  it.each(['area:Berlin', 'area:52,3,13,1', 'area:52.7,13..52.3,14', 'area:0,0..91,0', 'area:0,0..0,181'])(
    'must be written so that they can be read: %s',
    (text) => {
      const [part] = understood(text)
      expect(part?.meaning).toBe(
        `“${text.slice(5)}”: no area. It is written south,west..north,east, in degrees with a point`,
      )
      expect(part?.nearest.map(({ query }) => query)).toEqual(['area:52.3,13.1..52.7,13.8'])
    },
  )

  it('end where other words begin', () => {
    expect(told('-area:51,-1..52,-0.5, dog')).toBe('-area(area 51–52° N, 1–0.5° W), category(dog (category))')
    expect(told('dog,-2017')).toBe('category(dog (category)), -date(year 2017)')
  })

  it('are read as they are written', () => {
    assert(
      property(edge(90), edge(90), edge(180), edge(180), (one, other, west, east) => {
        const asked = {
          south: Math.min(one, other) / 100_000,
          west: west / 100_000,
          north: Math.max(one, other) / 100_000,
          east: east / 100_000,
        }
        const { groups } = read(`dog area:${areaText(asked)} cat`)
        expect(groups[1]?.map(({ criterion }) => criterion)).toEqual([{ kind: 'area', area: asked }])
        expect(groups).toHaveLength(3)
      }),
    )
  })
})

describe('stars', () => {
  it.each([
    ['stars:4', '4 stars'],
    ['stars:1', '1 star'],
    ['stars:>=4', 'at least 4 stars'],
    ['stars>3', 'at least 4 stars'],
    ['rating: 4+', 'at least 4 stars'],
    ['stars:5', '5 stars'],
    ['stars:3..5', 'at least 3 stars'],
    ['stars:2-3', '2–3 stars'],
    ['stars:<3', 'at most 2 stars'],
    ['stars:0', 'no stars'],
    ['stars:<1', 'no stars'],
    ['stars:six', '“six”: not known'],
    ['stars:>5', '“>5”: not known'],
    ['stars:5..3', '“5..3”: not known'],
  ])('%s', (text, meaning) => {
    expect(understood(text).map((part) => part.meaning)).toEqual([meaning])
  })

  it.each([
    ['звёзды:4', '4 звезды'],
    ['звезды:1', '1 звезда'],
    ['звёзд:>=4', 'не меньше 4 звёзд'],
    ['оценка:<=1', 'не больше 1 звезды'],
    ['звёзды:2..3', '2–3 звёзд'],
    ['звёзды:0', 'без звёзд'],
  ])('%s', (text, meaning) => {
    expect(understood(text, 'ru').map((part) => part.meaning)).toEqual([meaning])
  })

  it('say by example what they can be', () => {
    expect(understood('stars:many')[0]?.nearest.map(({ query }) => query)).toContain('stars:>=4')
  })
})

describe('the words of the meaning', () => {
  it('are those of the interface, whatever the language of the query', () => {
    expect(understood('dog 2021 is:copy', 'ru').map(({ meaning }) => meaning)).toEqual([
      'собака (категория)',
      '2021 год',
      'с копиями',
    ])
  })

  it('stand beside the piece of text they come from', () => {
    const text = 'dogs  without  "hot dog" or label:cat, 14 июля 2019 года'
    expect(understood(text).map((part) => [part.text, part.group])).toEqual([
      ['dogs', 0],
      ['without  "hot dog"', 1],
      ['label:cat', 1],
      ['14 июля 2019 года', 2],
    ])
    for (const part of understood(text)) expect(text.slice(part.start, part.end)).toBe(part.text)
  })
})
