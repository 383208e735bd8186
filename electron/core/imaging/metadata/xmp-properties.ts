import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'

/** The properties that are read, under their usual prefixes. A packet may bind others: the namespace counts. */
const propertyNames = [
  'acdsee:keywords',
  'aux:Lens',
  'dc:subject',
  'digiKam:TagsList',
  'exif:DateTimeDigitized',
  'exif:DateTimeOriginal',
  'exif:ExposureTime',
  'exif:FNumber',
  'exif:FocalLength',
  'exif:GPSLatitude',
  'exif:GPSLongitude',
  'exif:ISOSpeedRatings',
  'exif:OffsetTimeDigitized',
  'exif:OffsetTimeOriginal',
  'exifEX:LensModel',
  'exifEX:PhotographicSensitivity',
  'kartoteka:Replaced',
  'kartoteka:Written',
  'lr:hierarchicalSubject',
  'mediapro:CatalogSets',
  'MicrosoftPhoto:LastKeywordXMP',
  'photoshop:DateCreated',
  'tiff:Make',
  'tiff:Model',
  'tiff:Orientation',
  'xmp:CreateDate',
  'xmp:ModifyDate',
  'xmp:Rating',
] as const

export type XmpProperty = (typeof propertyNames)[number]

/** What each property says: its text, or that of the items of its list. Only what is not blank. */
export type XmpProperties = ReadonlyMap<XmpProperty, readonly string[]>

export const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
/** Namespaces by prefix, without the `/` at their end, which some programs leave out. */
export const namespaces: Readonly<Record<string, string>> = {
  acdsee: 'http://ns.acdsee.com/iptc/1.0',
  aux: 'http://ns.adobe.com/exif/1.0/aux',
  dc: 'http://purl.org/dc/elements/1.1',
  digiKam: 'http://www.digikam.org/ns/1.0',
  exif: 'http://ns.adobe.com/exif/1.0',
  exifEX: 'http://cipa.jp/exif/1.0',
  kartoteka: 'https://github.com/kartoteka/kartoteka/ns/1.0',
  lr: 'http://ns.adobe.com/lightroom/1.0',
  mediapro: 'http://ns.iview-multimedia.com/mediapro/1.0',
  MicrosoftPhoto: 'http://ns.microsoft.com/photo/1.0',
  photoshop: 'http://ns.adobe.com/photoshop/1.0',
  tiff: 'http://ns.adobe.com/tiff/1.0',
  xmp: 'http://ns.adobe.com/xap/1.0',
}
/** What prefixes mean that a packet uses without binding them, `xap` being the old one of `xmp`. */
export const usualPrefixes: ReadonlyMap<string, string> = new Map([
  ...Object.entries(namespaces),
  ['xap', 'http://ns.adobe.com/xap/1.0'],
  ['rdf', rdf],
])
/** Properties by namespace and local name. */
const known = new Map<string, Map<string, XmpProperty>>()
for (const name of propertyNames) {
  const [prefix = '', local = ''] = name.split(':')
  const namespace = namespaces[prefix] ?? ''
  const names = known.get(namespace) ?? new Map<string, XmpProperty>()
  names.set(local, name)
  for (const written of [namespace, `${namespace}/`]) known.set(written, names)
}

/** Bounds of a packet, far above those of any that is meant seriously: what lies beyond them is not read. */
const depthAtMost = 64
/** Elements and attributes together. */
const nodesAtMost = 100_000
const faultsAtMost = 1000
const itemsAtMost = 1000
/** In UTF-16 units; longer values are passed over. */
const valueAtMost = 4096
/** What we marked as ours has the name of the property before the value, and is in one list for all properties. */
const markAtMost = valueAtMost + 64
const marksAtMost = 5 * itemsAtMost

/** Where in the RDF an element stands. */
type Place =
  | { readonly kind: 'outside' }
  | { readonly kind: 'rdf' }
  /** A description of the photo: its attributes and children are properties. */
  | { readonly kind: 'description' }
  /** A property or an item of one. */
  | { readonly kind: 'value'; readonly property: XmpProperty; text: string }
  | { readonly kind: 'list'; readonly property: XmpProperty }
  /** Fields of a value, of which `rdf:value` is what it says. */
  | { readonly kind: 'structure'; readonly property: XmpProperty }
  | { readonly kind: 'passed over' }

/**
 * The properties of a photo in an XMP packet (ISO 16684-1), not those of what else it tells of, such as the pictures that
 * this one was made of. A faulty packet is read as far as it makes sense; `null` when it has no RDF at all. Never throws.
 *
 * saxes is the XML reader of jsdom: it knows namespaces, expands no entities but the five of XML and numbers, reads no DTD,
 * goes on after faults, and can be stopped at any element. fast-xml-parser knows no namespaces, builds a tree of the whole
 * packet first, and takes twice the time; sax takes more than twice.
 */
export function readXmpProperties(text: string): XmpProperties | null {
  const properties = new Map<XmpProperty, string[]>()
  const places: Place[] = []
  let current: Place = { kind: 'outside' }
  let found = false
  let nodes = 0
  let faults = 0
  const add = (property: XmpProperty, value: string) => {
    const clean = value.trim()
    const isMark = property.startsWith('kartoteka:')
    if (clean === '' || clean.length > (isMark ? markAtMost : valueAtMost)) return
    const values = properties.get(property)
    if (!values) properties.set(property, [clean])
    else if (values.length < (isMark ? marksAtMost : itemsAtMost)) values.push(clean)
  }
  const read = (content: string) => {
    if (current.kind === 'value' && current.text.length <= markAtMost) current.text += content
  }
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    resolvePrefix: (prefix: string) => usualPrefixes.get(prefix),
  })
  parser.on('attribute', () => {
    if (++nodes > nodesAtMost) throw enough
  })
  parser.on('opentag', (tag) => {
    if (++nodes > nodesAtMost || places.length >= depthAtMost) throw enough
    places.push(current)
    current = placeIn(current, tag)
    if (current.kind === 'rdf') found = true
    for (const [property, value] of attributeValues(current, tag)) add(property, value)
  })
  parser.on('text', read)
  parser.on('cdata', read)
  parser.on('closetag', () => {
    if (current.kind === 'value') add(current.property, current.text)
    current = places.pop() ?? { kind: 'outside' }
  })
  parser.on('error', () => {
    if (++faults > faultsAtMost) throw enough
  })
  try {
    // Not closed: what that would tell more are the faults of a packet that is cut off.
    parser.write(withoutLooseAmpersands(text))
  } catch (thrown) {
    if (thrown !== enough) throw thrown
  }
  return found ? properties : null
}

/** For saxes an entity goes on to the next semicolon, whatever lies between: the commonest fault would cost the most. */
function withoutLooseAmpersands(text: string): string {
  const loose = /<!\[CDATA\[[^]*?(?:\]\]>|$)|&(?!#?\w{1,32};)/g
  let count = 0
  return text.replaceAll(loose, (found) => (found === '&' && ++count <= faultsAtMost ? '&amp;' : found))
}

/** Thrown to stop the reader, which has no other way. */
const enough = new Error('The packet goes on for too long.')

function placeIn(parent: Place, tag: SaxesTagNS): Place {
  const name = tag.uri === rdf ? tag.local : null
  switch (parent.kind) {
    case 'outside':
      return name === 'RDF' ? { kind: 'rdf' } : parent
    case 'rdf':
      return { kind: 'description' }
    case 'description': {
      const property = known.get(tag.uri)?.get(tag.local)
      return property ? valueOf(property, tag) : { kind: 'passed over' }
    }
    case 'value': {
      const { property } = parent
      if (name === 'Bag' || name === 'Seq' || name === 'Alt') return { kind: 'list', property }
      return name === 'Description' ? { kind: 'structure', property } : { kind: 'passed over' }
    }
    case 'list':
      return name === 'li' ? valueOf(parent.property, tag) : { kind: 'passed over' }
    case 'structure':
      return name === 'value' ? valueOf(parent.property, tag) : { kind: 'passed over' }
    case 'passed over':
      return parent
  }
}

function valueOf(property: XmpProperty, tag: SaxesTagNS): Place {
  const structure = Object.values(tag.attributes).some(
    ({ uri, local, value }) => uri === rdf && local === 'parseType' && value === 'Resource',
  )
  return structure ? { kind: 'structure', property } : { kind: 'value', property, text: '' }
}

/** What the attributes of an element say: each a property of the photo, or the value among the fields of one. */
function* attributeValues(place: Place, tag: SaxesTagNS): Generator<[XmpProperty, string]> {
  if (place.kind !== 'description' && place.kind !== 'value' && place.kind !== 'structure') return
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (place.kind === 'description') {
      const property = known.get(uri)?.get(local)
      if (property) yield [property, value]
    } else if (uri === rdf && local === 'value') yield [place.property, value]
  }
}
