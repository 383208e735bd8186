import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'
import { foreignPart, mergeSidecar } from '../../../electron/core/metadata-out/merge-sidecar.ts'
import { sidecarValues } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { anyPhoto, barePhoto } from '../../fixtures/exported-photos.ts'
import {
  darktableSidecar,
  digikamSidecar,
  foreignSidecars,
  lightroomSidecar,
} from '../../fixtures/foreign-sidecars.ts'

const valuesOf = (photo: Partial<ExportedPhoto>) => sidecarValues({ ...barePhoto, ...photo }, 'all')
const merged = (existing: string | null, photo: Partial<ExportedPhoto>): string =>
  mergeSidecar(existing, valuesOf(photo)) ?? ''
const facts = (text: string) => readXmp(Buffer.from(text))
const said = (...decided: readonly ('rating' | 'title' | 'taken' | 'turn')[]) => ({
  decided: new Set(decided),
})
const own = (name: string) => ({ name, path: [name], isOwn: true, from: 'person' as const })

const rdfWith = (end: string) => `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"${end}`
const emptyRdf = rdfWith('></rdf:RDF>')
const anyForeign = fc.constantFrom(...Object.values(foreignSidecars))

describe('a sidecar that is begun', () => {
  it('says what the library says, and marks it', () => {
    const text = merged(null, { rating: 4, title: 'Сад & co', labels: [own('garden')] })
    expect(text).toBe(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Kartoteka">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:digiKam="http://www.digikam.org/ns/1.0/"
  xmlns:kartoteka="https://github.com/kartoteka/kartoteka/ns/1.0/"
  xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/">
  <xmp:Rating>4</xmp:Rating>
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Сад &amp; co</rdf:li></rdf:Alt></dc:title>
  <dc:subject>
   <rdf:Bag>
    <rdf:li>garden</rdf:li>
   </rdf:Bag>
  </dc:subject>
  <lr:hierarchicalSubject>
   <rdf:Bag>
    <rdf:li>garden</rdf:li>
   </rdf:Bag>
  </lr:hierarchicalSubject>
  <digiKam:TagsList>
   <rdf:Seq>
    <rdf:li>garden</rdf:li>
   </rdf:Seq>
  </digiKam:TagsList>
  <kartoteka:Written>
   <rdf:Seq>
    <rdf:li>xmp:Rating=4</rdf:li>
    <rdf:li>dc:title=Сад &amp; co</rdf:li>
    <rdf:li>dc:subject=garden</rdf:li>
    <rdf:li>lr:hierarchicalSubject=garden</rdf:li>
    <rdf:li>digiKam:TagsList=garden</rdf:li>
   </rdf:Seq>
  </kartoteka:Written>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`)
  })

  it('never tells a fact of the file: it is read as none', () => {
    fc.assert(
      fc.property(anyPhoto, (photo) => {
        const text = mergeSidecar(null, sidecarValues(photo, 'all'))
        expect(text === null ? null : facts(text)).toBeNull()
      }),
    )
  })

  it('goes when nothing is left to say', () => {
    expect(mergeSidecar(merged(null, { rating: 4 }), valuesOf({}))).toBeNull()
    expect(mergeSidecar(null, valuesOf({}))).toBeNull()
  })
})

describe('a sidecar of another program', () => {
  it('stays byte for byte beside what is ours, and tells the same facts as before', () => {
    fc.assert(
      fc.property(anyForeign, anyPhoto, (foreign, photo) => {
        const text = merged(foreign, photo)
        expect(foreignPart(text)).toBe(foreign)
        expect(facts(text)).toEqual(facts(foreign))
      }),
    )
  })

  it('is the same whatever was written into it before, and no other after the second time', () => {
    fc.assert(
      fc.property(anyForeign, anyPhoto, anyPhoto, (foreign, before, photo) => {
        const text = merged(foreign, photo)
        expect(merged(text, photo)).toBe(text)
        expect(merged(merged(foreign, before), photo)).toBe(text)
        expect(mergeSidecar(text, valuesOf({}))).toBe(foreign)
      }),
    )
  })

  it('takes our words into its own lists, laid out like its words, each once', () => {
    const text = merged(digikamSidecar, { labels: [own('Sea'), own('garden')] })
    expect(text).toContain(`     <rdf:li>Аня</rdf:li>
     <rdf:li>garden</rdf:li>
    </rdf:Bag>
   </dc:subject>`)
    expect(text.match(/<rdf:li>Sea<\/rdf:li>/g)).toHaveLength(3) // word; ours in two trees, as a root
    expect(text).not.toContain('dc:subject=Sea')
  })

  it('has its value set aside by what the person said, and gets it back', () => {
    const text = merged(digikamSidecar, { rating: 5, title: 'New', ...said('rating', 'title') })
    expect(text).toContain('xmp:Rating="5"')
    expect(text).toContain('<rdf:li xml:lang="x-default">New</rdf:li>')
    expect(text).toContain('<rdf:li>dc:title=Harbour &amp; sea</rdf:li>')
    expect(facts(text)).toMatchObject({ rating: 3 })
    expect(mergeSidecar(text, valuesOf({}))).toBe(digikamSidecar)
  })

  it('keeps its value where the library says the same, or nobody said otherwise', () => {
    const same = {
      at: '2019-07-14T18:03:22',
      precision: 'second' as const,
      offset: null,
      from: 'sidecar' as const,
    }
    const text = merged(lightroomSidecar, { rating: 5, taken: same })
    expect(text).toContain('xmp:Rating="2"')
    expect(text).toContain('photoshop:DateCreated="2019-07-14T18:03:22.55"')
    expect(merged(lightroomSidecar, { taken: same, ...said('taken') })).toContain('22.55"')
  })

  it('that another program wrote anew since: what that changed is its own, the rest is ours', () => {
    const text = merged(digikamSidecar, { rating: 5, labels: [own('garden')], ...said('rating') })
    const after = text
      .replace('xmp:Rating="5"', 'xmp:Rating="1"')
      .replace(
        '<rdf:li>garden</rdf:li>\n    </rdf:Bag>',
        '<rdf:li>garden</rdf:li><rdf:li>new</rdf:li></rdf:Bag>',
      )
    expect(facts(after)).toMatchObject({ rating: 1, keywords: ['Sea', 'Аня', 'new', 'Places', 'People'] })
    const left = foreignPart(after)
    expect(left).toContain('xmp:Rating="1"')
    expect(left).not.toContain('garden')
    expect(left).not.toContain('kartoteka')
  })

  it('whose prefixes are bound otherwise gets ours with their own', () => {
    const odd =
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="x&amp;y" xmlns:d="http://purl.org/dc/elements/1.1/">' +
      '<d:subject><r:Bag><r:li>sea</r:li></r:Bag></d:subject></r:Description></r:RDF>'
    const text = merged(odd, { labels: [own('garden')], rating: 3 })
    expect(text).toContain('<r:li>sea</r:li><r:li>garden</r:li>')
    expect(text).toContain('<rdf:Description rdf:about="x&amp;y"')
    expect(foreignPart(text)).toBe(odd)
  })

  it('without descriptions, or with lists that are empty, takes ours', () => {
    for (const empty of [rdfWith('/>'), emptyRdf, darktableSidecar]) {
      const text = merged(empty, { labels: [own('garden')] })
      expect(text).toContain('<rdf:li>garden</rdf:li>')
      expect(facts(text)?.keywords).toEqual([])
      expect(merged(text, { labels: [own('garden')] })).toBe(text)
    }
  })

  it.each([
    ['cut off', digikamSidecar.slice(0, 900), /no faultless XML/],
    ['no XMP', '<a/>', /no XMP in it/],
    ['with two of them', `<a>${emptyRdf}${emptyRdf}</a>`, /more than one/],
    ['a text', 'hello', /no faultless XML/],
  ])('%s is refused', (_, text, why) => {
    expect(() => mergeSidecar(text, valuesOf({ rating: 1 }))).toThrow(why)
  })
})
