import type { XmpProperties, XmpProperty } from './xmp-properties.ts'

/**
 * What Kartoteka writes into XMP is marked, so that it is never read back as a fact of the file, nor taken for another
 * program's when it is written anew. Two lists of `property=value` in a namespace of our own:
 *
 * - `kartoteka:Written`: values that are ours. One that another program changed since is no longer the same, and is its.
 * - `kartoteka:Replaced`: what stood there before, of properties that have one value only.
 *
 * Marks hold values rather than places in the file, since programs that edit XMP lay it out anew.
 */

/** The mark of a value. Blanks around a value mean nothing in XMP. */
export const markOf = (property: string, value: string): string => `${property}=${value.trim()}`

/** Property and value of a mark. */
export function parseMark(mark: string): [property: string, value: string] {
  const at = mark.indexOf('=')
  return at < 0 ? [mark, ''] : [mark.slice(0, at), mark.slice(at + 1)]
}

/** The program's name in packets that it began. */
const toolkit = 'x:xmptk="Kartoteka"'

/** A packet as Kartoteka begins it, without a description of anything. */
export const emptyPacket = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" ${toolkit}>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`

/** Whether Kartoteka began this packet, and no other program wrote it since: they all put their own name there. */
export const isOursAlone = (text: string): boolean => text.includes(toolkit)

/** The properties as they would be, had Kartoteka never written. */
export function withoutOurs(properties: XmpProperties): XmpProperties {
  const marks = properties.get('kartoteka:Written')
  if (marks === undefined) return properties
  const written = new Set(marks)
  const replaced = new Map((properties.get('kartoteka:Replaced') ?? []).map(parseMark))
  const left = new Map<XmpProperty, readonly string[]>()
  for (const [property, values] of properties) {
    if (property.startsWith('kartoteka:')) continue
    const before = replaced.get(property)
    const foreign = values.flatMap((value) => {
      if (!written.has(markOf(property, value))) return value
      return before === undefined || before === '' ? [] : before
    })
    if (foreign.length > 0) left.set(property, foreign)
  }
  return left
}
