import { emptyPacket, markOf, parseMark } from '../imaging/metadata/xmp-marks.ts'
import { namespaces, rdf } from '../imaging/metadata/xmp-properties.ts'
import { isSameValue } from './same-value.ts'
import { sidecarParts, type Part, type PartAttribute, type Span } from './sidecar-parts.ts'
import type { ListProperty, SidecarValues, SimpleProperty } from './sidecar-values.ts'

/** A piece of the text and what comes in its place. */
interface Edit extends Span {
  readonly text: string
}

/**
 * A sidecar with these values of ours in it. Everything that another program wrote stays as it is, byte for byte; a value
 * of its that stands for ours is kept in a mark, and comes back when ours goes. Properties that it wrote in a form that
 * allows for no value of ours are left alone.
 * @param existing `null` where there is none
 * @returns `null` when nothing is left to say, and nothing of another program's in it
 * @throws DamagedSidecar
 */
export function mergeSidecar(existing: string | null, values: SidecarValues): string | null {
  const foreign = existing === null ? emptyPacket : foreignPart(existing)
  const isEmpty = values.simple.size === 0 && values.lists.size === 0
  if (foreign === emptyPacket && isEmpty) return null
  return isEmpty ? foreign : withOurs(foreign, values)
}

/** The sidecar as it would be, had Kartoteka never written. @throws DamagedSidecar */
export function foreignPart(text: string): string {
  const root = sidecarParts(text)
  const written = new Set(marksIn(root, 'kartoteka:Written'))
  const replaced = new Map(marksIn(root, 'kartoteka:Replaced').map(parseMark))
  const edits: Edit[] = []
  for (const block of root.children) {
    let rest = 0
    const before = edits.length
    for (const attribute of block.attributes) {
      if (isProperty(attribute.name)) {
        const edit = takenOut(attribute, written, replaced)
        if (edit === null || edit.text !== '') rest += 1
        if (edit !== null) edits.push(edit)
      }
    }
    for (const property of block.children) {
      const found = takenOutOf(text, property, written, replaced)
      if (!found.whole) rest += 1
      edits.push(...found.edits)
    }
    if (rest > 0 || edits.length === before) continue
    edits.length = before
    edits.push({ ...withBlanksBefore(text, block), text: '' })
  }
  return edited(text, edits)
}

/** Whose mark has the list as it was, when nothing was in it. */
const emptied = (list: string): string => `empty:${list}`

const isProperty = (attribute: string): boolean => !/^(xmlns|xml:|rdf:)/.test(attribute)

function marksIn(root: Part, name: string): string[] {
  const lists = root.children.flatMap(({ children }) => children.filter((each) => each.name === name))
  return lists.flatMap(({ children }) =>
    children.flatMap((list) => list.children.map(({ text }) => text.trim())),
  )
}

/** How an attribute goes, or says again what it said; `null` where it is not ours. */
function takenOut(
  attribute: PartAttribute,
  written: ReadonlySet<string>,
  replaced: ReadonlyMap<string, string>,
): Edit | null {
  const { name, value, inner, quote } = attribute
  const before = replaced.get(name)
  if (name.startsWith('kartoteka:')) return { ...attribute, text: '' }
  if (!written.has(markOf(name, value))) return null
  return before === undefined
    ? { start: attribute.start, end: attribute.end, text: '' }
    : { ...inner, text: attributeText(before, quote) }
}

/** The same for a property that is an element: all of it, or what of it is ours. */
function takenOutOf(
  text: string,
  property: Part,
  written: ReadonlySet<string>,
  replaced: ReadonlyMap<string, string>,
): { whole: boolean; edits: readonly Edit[] } {
  const { name } = property
  const whole = { whole: true, edits: [{ ...withBlanksBefore(text, property), text: '' }] }
  if (name.startsWith('kartoteka:')) return whole
  const list = listIn(property)
  const isOurs = ({ text: value }: Part): boolean => written.has(markOf(name, value))
  const before = replaced.get(name)
  const carriers = list === null ? [property] : list.children
  const ours = carriers.filter((carrier) => carrier.children.length === 0 && isOurs(carrier))
  if (ours.length === 0) return { whole: false, edits: [] }
  const [first] = ours
  if (before !== undefined && first !== undefined) return { whole: false, edits: [withText(first, before)] }
  const empty = replaced.get(emptied(name))
  if (ours.length === carriers.length && empty !== undefined && property.inner !== null)
    return { whole: false, edits: [{ ...property.inner, text: empty }] }
  if (ours.length === carriers.length) return whole
  return { whole: false, edits: ours.map((item) => ({ ...withBlanksBefore(text, item), text: '' })) }
}

/** Puts our values in: into lists that are there, in the place of what they displace, and all else into a block of ours. */
function withOurs(text: string, values: SidecarValues): string {
  const root = sidecarParts(text)
  const edits: Edit[] = []
  const written: string[] = []
  const replaced: string[] = []
  const apart: string[] = []
  for (const [name, { value, displaces }] of values.simple) {
    const there = carrierOf(root, name)
    if (there === 'nowhere') {
      apart.push(simpleElement(name, value))
      written.push(markOf(name, value))
    } else if (there !== 'odd' && displaces && !isSameValue(name, textOf(there), value)) {
      edits.push(withText(there, value))
      written.push(markOf(name, value))
      replaced.push(markOf(name, textOf(there)))
    }
  }
  for (const [name, items] of values.lists) {
    const property = propertyOf(root, name)
    if (property === 'nowhere') {
      apart.push(listElement(name, items))
      written.push(...items.map((item) => markOf(name, item)))
      continue
    }
    if (property === 'odd') continue
    const list = listIn(property)
    if (list === null) continue
    const known = new Set(list.children.map((item) => item.text.trim()))
    const added = items.filter((item) => !known.has(item))
    if (added.length === 0) continue
    edits.push(withItems(text, list, added))
    if (list.children.length === 0 && property.inner !== null)
      replaced.push(markOf(emptied(name), text.slice(property.inner.start, property.inner.end)))
    written.push(...added.map((item) => markOf(name, item)))
  }
  if (written.length > 0) edits.push(withBlock(root, blockOf(root, { apart, written, replaced })))
  return edited(text, edits)
}

/** The property of that name, among children; `odd`: there, as something that is no element. */
function propertyOf(root: Part, name: string): Part | 'odd' | 'nowhere' {
  for (const block of root.children) {
    const property = block.children.find((each) => each.name === name)
    if (property !== undefined) return property
  }
  return root.children.some(({ attributes }) => attributes.some((each) => each.name === name))
    ? 'odd'
    : 'nowhere'
}

/** What holds the value of a property of one value: attribute, element, or the item for any language. */
function carrierOf(root: Part, name: string): Part | PartAttribute | 'odd' | 'nowhere' {
  for (const block of root.children) {
    const attribute = block.attributes.find((each) => each.name === name)
    if (attribute !== undefined) return attribute
    const property = block.children.find((each) => each.name === name)
    if (property === undefined) continue
    const list = listIn(property)
    if (list === null) return property.children.length === 0 && !isStructure(property) ? property : 'odd'
    const forAnyLanguage = list.children.find(({ attributes }) =>
      attributes.some((each) => each.name === 'xml:lang' && each.value.toLowerCase() === 'x-default'),
    )
    const item = forAnyLanguage ?? list.children[0]
    return item === undefined || item.children.length > 0 ? 'odd' : item
  }
  return 'nowhere'
}

const isStructure = ({ attributes }: Part): boolean =>
  attributes.some(({ name }) => name.startsWith('rdf:') || isProperty(name))

const textOf = (carrier: Part | PartAttribute): string => ('value' in carrier ? carrier.value : carrier.text)

/** Bag, Seq or Alt of a property that is nothing else. */
function listIn(property: Part): Part | null {
  const [list, ...others] = property.children
  return list !== undefined && others.length === 0 && /^rdf:(Bag|Seq|Alt)$/.test(list.name) ? list : null
}

function withText(carrier: Part | PartAttribute, value: string): Edit {
  if ('value' in carrier) return { ...carrier.inner, text: attributeText(value, carrier.quote) }
  if (carrier.inner !== null) return { ...carrier.inner, text: elementText(value) }
  return opened(carrier, elementText(value))
}

/** `<a/>` as `<a>…</a>`. */
function opened({ end, rawName }: Part, content: string): Edit {
  return { start: end - 2, end, text: `>${content}</${rawName}>` }
}

/** Items after the last one, laid out like that. */
function withItems(text: string, list: Part, items: readonly string[]): Edit {
  const last = list.children.at(-1)
  const blanks = last === undefined ? '' : text.slice(withBlanksBefore(text, last).start, last.start)
  const name = last?.rawName ?? list.rawName.replace(/[^:]+$/, 'li')
  const content = items.map((item) => `${blanks}<${name}>${elementText(item)}</${name}>`).join('')
  if (list.inner === null) return opened(list, content)
  const at = last?.end ?? list.inner.start
  return { start: at, end: at, text: content }
}

interface Ours {
  /** Elements of properties that no other program wrote. */
  readonly apart: readonly string[]
  readonly written: readonly string[]
  readonly replaced: readonly string[]
}

/** A description of ours about the same photo. It binds all prefixes itself, as the packet may bind them otherwise. */
function blockOf(root: Part, { apart, written, replaced }: Ours): string {
  const about = root.children[0]?.attributes.find(({ name }) => name === 'rdf:about')?.value ?? ''
  const marks = [
    listElement('kartoteka:Written', written),
    ...(replaced.length === 0 ? [] : [listElement('kartoteka:Replaced', replaced)]),
  ]
  const used = new Set([...apart, ...marks].map((element) => /^<(\w+):/.exec(element)?.[1] ?? ''))
  const bound = Object.entries({ ...namespaces, rdf })
    .filter(([prefix]) => used.has(prefix) || (prefix === 'rdf' && root.rawName !== 'rdf:RDF'))
    .map(([prefix, uri]) => `\n  xmlns:${prefix}="${prefix === 'rdf' ? uri : `${uri}/`}"`)
  const open = `<rdf:Description rdf:about="${attributeText(about, '"')}"${bound.join('')}>`
  return `\n ${open}${[...apart, ...marks].map((element) => `\n  ${element}`).join('')}\n </rdf:Description>`
}

function withBlock(root: Part, block: string): Edit {
  if (root.inner === null) return opened(root, block)
  const at = root.children.at(-1)?.end ?? root.inner.start
  return { start: at, end: at, text: block }
}

/** Texts that may be told in several languages, of which ours is for any. */
const languageAlternatives: ReadonlySet<string> = new Set(['dc:title', 'dc:description'])
/** In which the order says something. */
const ordered: ReadonlySet<string> = new Set(['digiKam:TagsList', 'kartoteka:Written', 'kartoteka:Replaced'])

function simpleElement(name: SimpleProperty, value: string): string {
  const content = elementText(value)
  return languageAlternatives.has(name)
    ? `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${content}</rdf:li></rdf:Alt></${name}>`
    : `<${name}>${content}</${name}>`
}

function listElement(
  name: ListProperty | 'kartoteka:Written' | 'kartoteka:Replaced',
  items: readonly string[],
): string {
  const kind = ordered.has(name) ? 'rdf:Seq' : 'rdf:Bag'
  const content = items.map((item) => `\n    <rdf:li>${elementText(item)}</rdf:li>`).join('')
  return `<${name}>\n   <${kind}>${content}\n   </${kind}>\n  </${name}>`
}

function elementText(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;')
}

function attributeText(value: string, quote: '"' | "'"): string {
  return elementText(value)
    .replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\t', '&#x9;')
}

function withBlanksBefore(text: string, { start, end }: Span): Span {
  let from = start
  while (from > 0 && /\s/.test(text.charAt(from - 1))) from -= 1
  return { start: from, end }
}

/** The edits never overlap. */
function edited(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}
