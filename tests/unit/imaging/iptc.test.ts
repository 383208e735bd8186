import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIptc } from '../../../electron/core/imaging/metadata/iptc.ts'

/** A dataset of record 2. */
const dataset = (number: number, value: Buffer | string) => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([0x1c, 2, number, bytes.length >> 8, bytes.length & 255]), bytes])
}

const read = (...datasets: readonly (readonly [number, Buffer | string])[]) =>
  readIptc(Buffer.concat(datasets.map(([number, value]) => dataset(number, value))))

/** Text in a code page, every character of which it must have. */
function inPage(page: string, text: string): Buffer {
  const characters = new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  return Buffer.from(
    [...text].map((character) => {
      const byte = characters.indexOf(character)
      if (byte < 0) throw new Error(`${page} has no ${character}`)
      return byte
    }),
  )
}

const dateCreated = 55
const timeCreated = 60
const digitalCreationDate = 62
const digitalCreationTime = 63
const keyword = 25
const caption = 120

describe('dates in IPTC', () => {
  it('are when the picture was made, and when it was digitised', () => {
    const facts = read(
      [dateCreated, '19650714'],
      [timeCreated, '180322+0300'],
      [digitalCreationDate, '20190305'],
      [digitalCreationTime, '091011-0500'],
    )
    expect(facts.original).toEqual({ local: '1965-07-14T18:03:22', precision: 'second', offset: '+03:00' })
    expect(facts.digitised).toEqual({ local: '2019-03-05T09:10:11', precision: 'second', offset: '-05:00' })
  })

  it.each([
    ['19650000', '1965-01-01T00:00:00', 'year'],
    ['19650700', '1965-07-01T00:00:00', 'month'],
    ['19650714', '1965-07-14T00:00:00', 'day'],
    ['1965-07-14', '1965-07-14T00:00:00', 'day'],
  ])('may be known in part: %s', (written, local, precision) => {
    const time = { local, precision, offset: null }
    expect(read([dateCreated, written])).toMatchObject({ original: time, digitised: null })
    expect(read([digitalCreationDate, written])).toMatchObject({ original: null, digitised: time })
  })

  it.each(['00000000', '19651340', '65', 'July', ''])('are none where one is written as %j', (written) => {
    expect(read([dateCreated, written], [timeCreated, '180322+0300']).original).toBeNull()
  })

  it('are a day where the clock is none, and nothing where there is only a clock', () => {
    expect(read([dateCreated, '19650714'], [timeCreated, 'evening']).original?.precision).toBe('day')
    expect(read([timeCreated, '180322+0300']).original).toBeNull()
  })

  it.each(['000000+0000', '000000'])('are a day where the clock is its midnight, as in %s', (time) => {
    expect(read([dateCreated, '19650714'], [timeCreated, time]).original).toEqual({
      local: '1965-07-14T00:00:00',
      precision: 'day',
      offset: null,
    })
  })

  it('have no offset where it is that of Greenwich, which programs fill in that know none', () => {
    for (const time of ['180322+0000', '180322-0000', '180322'])
      expect(read([dateCreated, '19650714'], [timeCreated, time]).original).toEqual({
        local: '1965-07-14T18:03:22',
        precision: 'second',
        offset: null,
      })
  })
})

describe('keywords in IPTC', () => {
  const russian = [
    'Мурманск',
    'море',
    'дети',
    'ёлка',
    'МОСКВА',
    'он',
    'Новый год',
    'Санкт-Петербург',
    'фото №5',
  ]
  const western = [
    'Zürich',
    'MÜNCHEN',
    'Fußball',
    'Straße',
    'été',
    'forêt',
    'L’été',
    'São Paulo',
    'Ångström',
    'sea',
  ]

  it.each([
    ['UTF-8', (word: string) => Buffer.from(word), [...russian, ...western]],
    ['CP1251', (word: string) => inPage('windows-1251', word), russian],
    ['CP1252', (word: string) => inPage('windows-1252', word), western],
    ['MacRoman', (word: string) => inPage('macintosh', word), western],
  ])('are read in %s, one alone or many together', (_, encode, words) => {
    for (const word of words) expect(read([keyword, encode(word)]).keywords).toEqual([word])
    const all = words.map((word) => [keyword, encode(word)] as const)
    expect(read(...all).keywords).toEqual(words)
  })

  it.each([
    ['windows-1251', 'и', 'Лодки и люди'],
    ['windows-1252', 'à', 'Noël à Paris'],
    ['macintosh', 'Noël', 'Un Noël à l’école'],
  ])('that could be anything are read as the text beside them: %s', (page, word, text) => {
    expect(read([keyword, inPage(page, word)], [caption, inPage(page, text)]).keywords).toEqual([word])
  })

  it('may be in UTF-8 beside others that are not, when two programs wrote them', () => {
    const words = [Buffer.from('Zürich'), Buffer.from('Größe', 'latin1'), Buffer.from('2024')]
    expect(read(...words.map((word) => [keyword, word] as const)).keywords).toEqual([
      'Zürich',
      'Größe',
      '2024',
    ])
  })

  it('are listed once, without blank ones', () => {
    expect(read([keyword, 'sea'], [keyword, ' '], [keyword, 'sea\0']).keywords).toEqual(['sea'])
  })

  it('stay where the block ends in the middle of something', () => {
    const whole = Buffer.concat([dataset(keyword, 'sea'), dataset(keyword, 'mountains')])
    expect(readIptc(whole.subarray(0, -3)).keywords).toEqual(['sea', 'mounta'])
    expect(readIptc(whole.subarray(0, 10)).keywords).toEqual(['sea'])
  })

  it('never throw, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 60 })
    const numbers = fc.constantFrom(keyword, caption, dateCreated, timeCreated, 90)
    fc.assert(
      fc.property(fc.array(fc.tuple(numbers, bytes), { maxLength: 6 }), bytes, (datasets, rest) => {
        const block = Buffer.concat([
          ...datasets.map(([number, value]) => dataset(number, Buffer.from(value))),
          rest,
        ])
        expect(() => readIptc(block)).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })
})
