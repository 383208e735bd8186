import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'
import { namespaces, rdf, usualPrefixes } from '../imaging/metadata/xmp-properties.ts'

/** A piece of the text, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** An element of the sidecar with where it stands. */
export interface Part extends Span {
  /** With its prefix, as written. */
  readonly rawName: string
  /** By its usual prefix, as in `dc:subject`; by the namespace where that is none we know. */
  readonly name: string
  readonly attributes: readonly PartAttribute[]
  readonly children: readonly Part[]
  /** Between the tags; `null` where there is one tag only. */
  readonly inner: Span | null
  readonly text: string
}

/** The span has the blanks before it. */
export interface PartAttribute extends Span {
  readonly name: string
  readonly value: string
  readonly inner: Span
  readonly quote: '"' | "'"
}

/** Why a sidecar is not written to; for people, about "it". */
export class DamagedSidecar extends Error {
  override readonly name = 'DamagedSidecar'
}

/** Elements; no sidecar that is meant seriously has as many. */
const partsAtMost = 100_000
const depthAtMost = 64

const prefixes = new Map(
  [...Object.entries(namespaces), ['rdf', rdf] as const].flatMap(([prefix, uri]) =>
    [uri, `${uri}/`].map((each) => [each, prefix] as const),
  ),
)
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const nameOf = (uri: string, local: string): string =>
  uri === '' ? local : `${uri === xmlNamespace ? 'xml' : (prefixes.get(uri) ?? uri)}:${local}`

/**
 * The RDF of a sidecar with where each part of it stands, to edit it without writing anew what others wrote.
 *
 * By hand on saxes, as libraries that write XMP (Adobe's, exiv2, exiftool) lay the whole packet out anew, and with it
 * what others wrote.
 * @throws DamagedSidecar for what is no faultless XML with one RDF in it: an edit could spoil more of it
 */
export function sidecarParts(text: string): Part {
  const roots: Part[] = []
  const open: Growing[] = []
  let parts = 0
  const parser = new SaxesParser({
    xmlns: true,
    position: true,
    resolvePrefix: (prefix: string) => usualPrefixes.get(prefix),
  })
  parser.on('error', (error) => {
    throw new DamagedSidecar(`It is no faultless XML: ${error.message}`)
  })
  parser.on('opentag', (tag) => {
    if (++parts > partsAtMost || open.length >= depthAtMost) throw new DamagedSidecar('It is too large.')
    const start = startOfTag(text, parser.position)
    open.push({ tag, start, openEnd: parser.position, children: [], text: '' })
  })
  const read = (content: string): void => {
    const current = open.at(-1)
    if (current !== undefined) current.text += content
  }
  parser.on('text', read)
  parser.on('cdata', read)
  parser.on('closetag', () => {
    const done = open.pop()
    if (done === undefined) return
    const part = finished(done, text, parser.position)
    const around = open.at(-1)
    if (around !== undefined) around.children.push(part)
    if (part.name === 'rdf:RDF') roots.push(part)
  })
  parser.write(text).close()
  const [root, ...others] = roots
  if (root === undefined) throw new DamagedSidecar('There is no XMP in it.')
  if (others.length > 0) throw new DamagedSidecar('There is more than one RDF in it.')
  return root
}

interface Growing {
  readonly tag: SaxesTagNS
  readonly start: number
  readonly openEnd: number
  readonly children: Part[]
  text: string
}

function finished({ tag, start, openEnd, children, text }: Growing, source: string, end: number): Part {
  return {
    rawName: tag.name,
    name: nameOf(tag.uri, tag.local),
    attributes: attributesOf(tag, source, { start, end: openEnd }),
    children,
    start,
    end,
    inner: tag.isSelfClosing ? null : { start: openEnd, end: source.lastIndexOf('</', end) },
    text,
  }
}

/** Attribute values may hold `>` but never `<`. */
function startOfTag(text: string, end: number): number {
  return text.lastIndexOf('<', end - 1)
}

/** In a tag that is known to be well formed. */
const written = /\s+([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/dg

function attributesOf(tag: SaxesTagNS, text: string, { start, end }: Span): PartAttribute[] {
  return [...text.slice(start, end).matchAll(written)].flatMap((match) => {
    const attribute = tag.attributes[match[1] ?? '']
    const whole = match.indices?.[0]
    const inner = match.indices?.[2] ?? match.indices?.[3]
    if (attribute === undefined || whole === undefined || inner === undefined) return []
    const { prefix, name, uri, local, value } = attribute
    return {
      start: start + whole[0],
      end: start + whole[1],
      inner: { start: start + inner[0], end: start + inner[1] },
      name: prefix === 'xmlns' || name === 'xmlns' ? 'xmlns' : nameOf(uri, local),
      value,
      quote: match[2] === undefined ? ("'" as const) : ('"' as const),
    }
  })
}
