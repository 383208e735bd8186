import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../electron/core/imaging/metadata/facts.ts'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'

const uri = {
  acdsee: 'http://ns.acdsee.com/iptc/1.0/',
  crs: 'http://ns.adobe.com/camera-raw-settings/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  mediapro: 'http://ns.iview-multimedia.com/mediapro/1.0/',
  MicrosoftPhoto: 'http://ns.microsoft.com/photo/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
} as const
const bindings = Object.entries(uri)
  .map(([prefix, namespace]) => `xmlns:${prefix}="${namespace}"`)
  .join(' ')

const rdf = (descriptions: string, bound = bindings) => `<rdf:RDF ${bound}>${descriptions}</rdf:RDF>`
const packet = (rdf: string) =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>` +
  `${`${' '.repeat(99)}\n`.repeat(20)}<?xpacket end="w"?>`
/** A packet with these children and attributes of its description. */
const described = (children: string, attributes = '') =>
  packet(rdf(`<rdf:Description rdf:about="" ${attributes}>${children}</rdf:Description>`))

function read(text: string | Buffer): Facts {
  const facts = readXmp(Buffer.from(text))
  if (!facts) throw new Error('The packet was taken for none.')
  return facts
}

const bag = (name: string, items: readonly string[]) =>
  `<${name}><rdf:Bag>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:Bag></${name}>`

describe('an XMP packet', () => {
  it('says the same in attributes, in elements and in several descriptions', () => {
    const wanted = { rating: 4, orientation: 6, camera: 'Acme One' }
    for (const text of [
      described('', 'xmp:Rating="4" tiff:Orientation="6" tiff:Make=\'Acme\' tiff:Model="One"'),
      described(
        '<xmp:Rating>4</xmp:Rating><tiff:Orientation> 6 </tiff:Orientation><tiff:Make>Acme</tiff:Make><tiff:Model>One</tiff:Model>',
      ),
      packet(
        rdf(
          '<rdf:Description xmp:Rating="4"/><rdf:Description tiff:Orientation="6"><tiff:Make>Acme</tiff:Make></rdf:Description>' +
            '<rdf:Description tiff:Model="One"/>',
        ),
      ),
    ]) {
      expect(read(text)).toMatchObject(wanted)
    }
  })

  it('binds prefixes as it likes: the namespace counts', () => {
    const words = `<a:subject><r:Bag><r:li>sea</r:li></r:Bag></a:subject>`
    const bound = (dc: string) =>
      packet(
        `<r:RDF xmlns:r="${uri.rdf}"><r:Description xmlns:a="${dc}" xmlns:b="${uri.xmp}" b:Rating="2">${words}</r:Description></r:RDF>`,
      )
    expect(read(bound(uri.dc))).toMatchObject({ keywords: ['sea'], rating: 2 })
    expect(read(bound(uri.dc.slice(0, -1))).keywords).toEqual(['sea'])
    expect(read(bound('http://example.org/')).keywords).toEqual([])
    expect(read(described('<dc:subject xmlns:dc="http://example.org/">sea</dc:subject>')).keywords).toEqual(
      [],
    )
    const unprefixed = `<subject xmlns="${uri.dc}"><Bag xmlns="${uri.rdf}"><li>sea</li></Bag></subject>`
    expect(read(described(unprefixed)).keywords).toEqual(['sea'])
  })

  it('means by a prefix that it never binds what is usual', () => {
    const text = packet(
      rdf(`<rdf:Description xap:Rating="3">${bag('dc:subject', ['sea'])}</rdf:Description>`, ''),
    )
    expect(read(text)).toMatchObject({ keywords: ['sea'], rating: 3 })
  })

  it.each([
    ['entities and numbers', 'Tom &amp; J&#233;r&#xF4;me &lt;3&gt; &quot;&apos;', 'Tom & Jérôme <3> "\''],
    ['character data', '<![CDATA[Tom & <Jerry> &amp;]]>', 'Tom & <Jerry> &amp;'],
    ['a loose ampersand', 'Tom & Jerry &c', 'Tom & Jerry &c'],
    ['text on both sides of a comment', 'Tom<!-- <rdf:li>not this</rdf:li> --> Jerry', 'Tom Jerry'],
    ['line breaks around it', '\n    Tom Jerry\n  ', 'Tom Jerry'],
  ])('is read with %s', (_, written, meant) => {
    expect(read(described(bag('dc:subject', [written]))).keywords).toEqual([meant])
  })

  it('takes comments, character data and other values for no properties', () => {
    const text = described(
      `<!-- <xmp:Rating>1</xmp:Rating> --><dc:rights><![CDATA[<xmp:Rating>2</xmp:Rating>]]></dc:rights>` +
        `<dc:title>xmp:Rating="3"</dc:title>`,
    )
    expect(read(text).rating).toBeNull()
  })

  it.each([
    ['Bag', '<rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sun</rdf:li></rdf:Bag>'],
    ['Seq', '<rdf:Seq><rdf:li>sea</rdf:li><rdf:li>sun</rdf:li></rdf:Seq>'],
    ['Alt', '<rdf:Alt><rdf:li xml:lang="x-default">sea</rdf:li><rdf:li xml:lang="fr">sun</rdf:li></rdf:Alt>'],
    [
      'Bag with qualifiers',
      '<rdf:Bag><rdf:li rdf:parseType="Resource"><rdf:value>sea</rdf:value><xmp:Label>x</xmp:Label></rdf:li>' +
        '<rdf:li><rdf:Description><rdf:value>sun</rdf:value></rdf:Description></rdf:li></rdf:Bag>',
    ],
    [
      'Bag with qualifiers as attributes',
      '<rdf:Bag><rdf:li rdf:value="sea" xmp:Label="x"/><rdf:li><rdf:Description rdf:value="sun"/></rdf:li></rdf:Bag>',
    ],
  ])('lists the items of a %s', (_, items) => {
    expect(read(described(`<dc:subject>${items}</dc:subject>`)).keywords).toEqual(['sea', 'sun'])
  })

  it('is the photo’s: what it tells of ingredients, history and settings is not', () => {
    const other = `<rdf:Description xmp:CreateDate="2001-01-01T00:00:01">${bag('dc:subject', ['other'])}</rdf:Description>`
    const text = described(
      `<xmpMM:Pantry><rdf:Bag><rdf:li rdf:parseType="Resource">${bag('dc:subject', ['other'])}</rdf:li><rdf:li>${other}</rdf:li></rdf:Bag></xmpMM:Pantry>` +
        `<crs:Look><rdf:Description tiff:Orientation="3" xmp:Rating="1"/></crs:Look>` +
        `<xmpMM:DerivedFrom xmp:Rating="1"/>${bag('dc:subject', ['sea'])}`,
      'xmp:CreateDate="2019-07-14T18:03:22"',
    )
    expect(read(text)).toMatchObject({
      keywords: ['sea'],
      orientation: null,
      rating: null,
      digitised: { local: '2019-07-14T18:03:22' },
    })
  })

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16 LE with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['UTF-16 BE with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-32 LE', (text: string) => utf32(text)],
    ['UTF-32 BE', (text: string) => utf32(text).swap32()],
    ['UTF-32 BE with a mark', (text: string) => utf32(`\ufeff${text}`).swap32()],
  ])('may be written in %s', (_, encode) => {
    expect(read(encode(described(bag('dc:subject', ['Zürich', 'море', '🌊'])))).keywords).toEqual([
      'Zürich',
      'море',
      '🌊',
    ])
  })

  it.each([
    '',
    'no XMP at all',
    '<html><body/></html>',
    'xmp:Rating="4"',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
  ])('is not %j', (text) => {
    expect(readXmp(Buffer.from(text))).toBeNull()
  })
})

/** UTF-32 LE. */
function utf32(text: string): Buffer {
  return Buffer.from(Uint32Array.from([...text].map((character) => character.codePointAt(0) ?? 0)).buffer)
}

describe('a faulty packet', () => {
  const words = bag('dc:subject', ['sea'])

  it.each([
    ['cut off', described(words, 'xmp:Rating="4"').split('</rdf:Description>')[0] ?? ''],
    ['with a stray ampersand', described(`<dc:title>Tom & Jerry</dc:title>${words}`, 'xmp:Rating="4"')],
    ['with one in a link', described(`<dc:source>?a=1&b=2</dc:source>${words}`, 'xmp:Rating="4"')],
    ['with an entity of its own', described(`<dc:title>&nbsp;</dc:title>${words}`, 'xmp:Rating="4"')],
    ['with tags that do not match', described(`<dc:title><b>x</dc:title>${words}`, 'xmp:Rating="4"')],
    ['with an attribute in no quotes', described(words, 'xmp:Rating="4" xmp:Label=red')],
    ['with zeros behind it', `${described(words, 'xmp:Rating="4"')}${'\0'.repeat(3000)}`],
    ['with a declaration that comes late', `\n<?xml version="1.0"?>${described(words, 'xmp:Rating="4"')}`],
  ])('%s is read as far as it makes sense', (_, text) => {
    expect(read(text)).toMatchObject({ keywords: ['sea'], rating: 4 })
  })

  it('expands no entities of its own', () => {
    const lots = Array.from({ length: 40 }, (_, level) => `<!ENTITY e${level + 1} "&e${level};&e${level};">`)
    const text = `<!DOCTYPE x [<!ENTITY e0 "ha">${lots.join('')}]>${described(bag('dc:subject', ['&e40;', 'sea']))}`
    expect(read(text).keywords).toEqual(['&e40;', 'sea'])
  })

  it.each([
    ['elements in each other', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['elements beside each other', '<a/>'.repeat(300_000)],
    ['attributes', `<a ${Array.from({ length: 200_000 }, (_, index) => `a${index}=""`).join(' ')}/>`],
    ['faults', '\u0001'.repeat(100_000)],
  ])('of any number of %s is read up to there and no further', (_, lots) => {
    const text = described(`${lots}<xmp:Rating>4</xmp:Rating>`, 'tiff:Make="Acme"')
    expect(read(text)).toMatchObject({ camera: 'Acme', rating: null })
  })

  it('loses a value of impossible length', () => {
    const text = described(`<tiff:Make>${'Acme'.repeat(300_000)}</tiff:Make><tiff:Model>One</tiff:Model>`)
    expect(read(text).camera).toBe('One')
  })

  it('is read up to two megabytes', () => {
    const text = described(
      `<!--${' '.repeat(2 * 1024 * 1024)}--><xmp:Rating>4</xmp:Rating>`,
      'tiff:Make="Acme"',
    )
    expect(read(text)).toMatchObject({ camera: 'Acme', rating: null })
  })

  it('has a thousand keywords at most', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `word ${index}`)
    const paths = many.map((word) => `Words|${word}`)
    const facts = read(described(bag('dc:subject', many) + bag('lr:hierarchicalSubject', paths)))
    expect([facts.keywords.length, facts.keywordPaths.length]).toEqual([1000, 1000])
  })
})

/** The original date of a packet that has it under two names. */
const original = (exif: string, photoshop: string) =>
  read(described('', `photoshop:DateCreated="${photoshop}" exif:DateTimeOriginal="${exif}"`)).original

describe('dates in XMP', () => {
  it.each([
    ['exif:DateTimeOriginal', 'original'],
    ['photoshop:DateCreated', 'original'],
    ['exif:DateTimeDigitized', 'digitised'],
    ['xmp:CreateDate', 'digitised'],
    ['xmp:ModifyDate', 'modified'],
  ] as const)('%s is the %s one', (name, which) => {
    const facts = read(described('', `${name}="1965-07-14T18:03:22+02:00"`))
    const dates = { original: facts.original, digitised: facts.digitised, modified: facts.modified }
    const time = { local: '1965-07-14T18:03:22', precision: 'second', offset: '+02:00' }
    expect(dates).toEqual({ original: null, digitised: null, modified: null, [which]: time })
  })

  it.each([
    ['1965', '1965-01-01T00:00:00', 'year'],
    ['1965-07', '1965-07-01T00:00:00', 'month'],
    ['1965-07-14', '1965-07-14T00:00:00', 'day'],
  ])('may be known in part: %s', (written, local, precision) => {
    const text = described(`<photoshop:DateCreated>${written}</photoshop:DateCreated>`)
    expect(read(text).original).toEqual({ local, precision, offset: null })
  })

  it('under two names are told by the first, and better by the second where it agrees', () => {
    expect(original('1965', '2019-07-14')).toMatchObject({ local: '1965-01-01T00:00:00', precision: 'year' })
    expect(original('2019-07-14', '2019-07-14T18:03:22')?.local).toBe('2019-07-14T18:03:22')
    expect(original('2019-07-14T18:03:22', '2019-07-14T18:03:22+02:00')?.offset).toBe('+02:00')
  })
})

describe('facts in XMP', () => {
  it.each([
    ['1', 1],
    ['8', 8],
    ['0', null],
    ['9', null],
    ['top-left', null],
  ])('orientation %s is %s', (written, orientation) => {
    expect(read(described('', `tiff:Orientation="${written}"`)).orientation).toBe(orientation)
  })

  it.each([
    ['5', 5],
    ['-1', -1],
    ['99', null],
  ])('rating %s is %s', (written, rating) => {
    expect(read(described('', `xmp:Rating="${written}"`)).rating).toBe(rating)
  })

  it('include position, lens and exposure', () => {
    const text = described(
      '<exif:ISOSpeedRatings><rdf:Seq><rdf:li>400</rdf:li></rdf:Seq></exif:ISOSpeedRatings>',
      'exif:GPSLatitude="48,49.3245N" exif:GPSLongitude="2,23,54W" exif:ExposureTime="1/250" exif:FNumber="28/10"',
    )
    const { position, exposure } = read(text)
    expect(position?.latitude).toBeCloseTo(48.822075, 6)
    expect(position?.longitude).toBeCloseTo(-2.398333, 6)
    expect(exposure).toEqual({ time: 0.004, fNumber: 2.8, iso: 400, focalLength: null })
  })
})

describe('keywords in a tree', () => {
  it.each([
    ['lr:hierarchicalSubject', 'Places|Russia|Murmansk'],
    ['digiKam:TagsList', 'Places/Russia/Murmansk'],
    ['MicrosoftPhoto:LastKeywordXMP', 'Places/Russia/Murmansk'],
    ['mediapro:CatalogSets', 'Places|Russia|Murmansk'],
  ])('of %s are kept, and each part is a word', (name, path) => {
    expect(read(described(bag(name, [path])))).toMatchObject({
      keywordPaths: [['Places', 'Russia', 'Murmansk']],
      keywords: ['Places', 'Russia', 'Murmansk'],
    })
  })

  it('are no words twice, however many programs keep them', () => {
    const facts = read(
      described(
        bag('dc:subject', ['Murmansk', 'sea', 'sea']) +
          bag('lr:hierarchicalSubject', ['Places|Russia', 'Places|Russia|Murmansk']) +
          bag('digiKam:TagsList', ['Places/Russia/Murmansk']),
      ),
    )
    expect(facts.keywords).toEqual(['Murmansk', 'sea', 'Places', 'Russia'])
  })

  it('are none where a word stands alone, or parts are blank', () => {
    const facts = read(described(bag('MicrosoftPhoto:LastKeywordXMP', ['sea', '/Places// Russia/', '/'])))
    expect(facts).toMatchObject({
      keywords: ['sea', 'Places', 'Russia'],
      keywordPaths: [['Places', 'Russia']],
    })
  })

  it('leave alone what words alone have of their signs', () => {
    expect(read(described(bag('dc:subject', ['24/7', 'a|b']))).keywords).toEqual(['24/7', 'a|b'])
  })
})

/** Text as it may stand in XML. */
const escaped = (text: string, how: 'named' | 'decimal' | 'hexadecimal' | 'cdata') => {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  if (how === 'cdata') return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  if (how === 'named') return text.replaceAll(/[&<>"]/g, (sign) => names[sign] ?? sign)
  return [...text]
    .map((sign) => sign.codePointAt(0) ?? 0)
    .map((code) => (how === 'decimal' ? `&#${code};` : `&#x${code.toString(16)};`))
    .join('')
}

describe('whatever a program writes', () => {
  const prefix = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/).filter((name) => !name.startsWith('xml'))
  const keyword = fc
    .string({ unit: fc.constantFrom(...'aZ9 &<>"\'|;é\u044f🌊]'), minLength: 1, maxLength: 12 })
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const way = fc.constantFrom('named', 'decimal', 'hexadecimal', 'cdata')

  it('in lists is read back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(prefix, { minLength: 2, maxLength: 2 }),
        fc.uniqueArray(keyword, { minLength: 1, maxLength: 5 }),
        way,
        fc.constantFrom('Bag', 'Seq'),
        ([r = '', d = ''], words, how, list) => {
          const items = words.map((word) => `<${r}:li>${escaped(word, how)}</${r}:li>`).join('<!-- -->\n')
          const text = `<${r}:RDF xmlns:${r}="${uri.rdf}"><${r}:Description><${d}:subject xmlns:${d}="${uri.dc}"><${r}:${list}>${items}</${r}:${list}></${d}:subject></${r}:Description></${r}:RDF>`
          expect(read(text).keywords).toEqual(words)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('as one value is read back, be it attribute or element', () => {
    fc.assert(
      fc.property(prefix, keyword, way, fc.boolean(), (p, word, how, asAttribute) => {
        const [children, attributes] =
          asAttribute && how !== 'cdata'
            ? ['', `${p}:Model="${escaped(word, how)}"`]
            : [`<${p}:Model>${escaped(word, how)}</${p}:Model>`, '']
        const bound = `xmlns:rdf="${uri.rdf}" xmlns:${p}="${uri.tiff}"`
        fc.pre(p !== 'rdf')
        expect(read(rdf(`<rdf:Description ${attributes}>${children}</rdf:Description>`, bound)).camera).toBe(
          word,
        )
      }),
      { numRuns: 200 },
    )
  })

  it('never throws, however it is broken', () => {
    const pieces = fc.constantFrom(
      ...'<>&;"\'= /!?[]-:'.split(''),
      '<rdf:RDF>',
      '<rdf:Description ',
      'dc:subject',
      '</',
      '<![CDATA[',
      ']]>',
      '<!--',
      'xmlns:dc="',
      'rdf:parseType="Resource"',
      '\0',
      '\ud83c',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.boolean(), (parts, inPacket) => {
        const text = inPacket ? described(parts.join('')) : parts.join('')
        expect(() => readXmp(Buffer.from(text))).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })
})
