import type { Position } from './facts.ts'

/** What an XMP packet is to say; what is `null` or empty it leaves out. */
export interface NewXmp {
  /** `2019-07-14T18:03:22+02:00`, or as much of it as is known: `1965`, `1965-07`. */
  readonly taken: string | null
  readonly position: Position | null
  readonly keywords: readonly string[]
  readonly keywordPaths: readonly (readonly string[])[]
  readonly rating: number | null
  readonly title: string | null
  readonly note: string | null
}

/** Bytes that fit into a segment of a JPEG behind its head. */
export const xmpAtMost = 65_502

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
}

/**
 * An XMP packet (ISO 16684-1) of these facts, in UTF-8; `null` when there is nothing to say. Keywords that do not fit into
 * one segment of a JPEG are left out. Written by hand: it is a template with escaped text.
 */
export function xmpPacket(facts: NewXmp): Buffer | null {
  for (
    let keywords = facts.keywords.length + facts.keywordPaths.length;
    ;
    keywords = Math.floor(keywords / 2)
  ) {
    const paths = facts.keywordPaths.slice(0, Math.max(0, keywords - facts.keywords.length))
    const body = bodyOf({ ...facts, keywords: facts.keywords.slice(0, keywords), keywordPaths: paths })
    if (body === '') return null
    const packet = Buffer.from(
      `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n` +
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n` +
        `<rdf:Description rdf:about=""${declared()}>\n${body}</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>`,
    )
    if (packet.length <= xmpAtMost) return packet
    // A note of tens of thousands of characters.
    if (keywords === 0)
      return xmpPacket({ ...facts, keywords: [], keywordPaths: [], note: null, title: null })
  }
}

const declared = (): string =>
  Object.entries(namespaces)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('')

function bodyOf({ taken, position, keywords, keywordPaths, rating, title, note }: NewXmp): string {
  return [
    simple('photoshop:DateCreated', taken),
    simple('xmp:Rating', rating),
    list('dc:title', 'Alt', title === null ? [] : [title]),
    list('dc:description', 'Alt', note === null ? [] : [note]),
    list('dc:subject', 'Bag', keywords),
    list(
      'lr:hierarchicalSubject',
      'Bag',
      keywordPaths.map((path) => path.join('|')),
    ),
    simple('exif:GPSLatitude', position && degrees(position.latitude, 'N', 'S')),
    simple('exif:GPSLongitude', position && degrees(position.longitude, 'E', 'W')),
  ].join('')
}

const simple = (name: string, value: string | number | null): string =>
  value === null ? '' : `<${name}>${escaped(String(value))}</${name}>\n`

/** @param kind of list: texts in languages (`Alt`, of which there is one), or words (`Bag`) */
function list(name: string, kind: 'Bag' | 'Alt', items: readonly string[]): string {
  if (items.length === 0) return ''
  const language = kind === 'Alt' ? ' xml:lang="x-default"' : ''
  const lines = items.map((item) => `<rdf:li${language}>${escaped(item)}</rdf:li>`).join('')
  return `<${name}><rdf:${kind}>${lines}</rdf:${kind}></${name}>\n`
}

/** Degrees and minutes as XMP has them: `48,49.324500N`. */
function degrees(value: number, positive: string, negative: string): string {
  const millionths = Math.round(Math.abs(value) * 60e6)
  const whole = Math.floor(millionths / 60e6)
  return `${whole},${((millionths % 60e6) / 1e6).toFixed(6)}${value < 0 ? negative : positive}`
}

/** What XML 1.0 has no way to write is left out. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- XML has none of them
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  )
}
