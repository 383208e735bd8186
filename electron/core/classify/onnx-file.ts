import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'

/**
 * Looks through an ONNX file without loading it: is it one, is it whole, and which other files does it take its constants
 * from. The libraries that read ONNX load all of it, and ONNX Runtime reads what a file names before anyone can say no.
 */

/** Bytes. The largest classifiers of the zoo have half as many. */
const largest = 1024 ** 3
/** Graphs within attributes of nodes of graphs within … */
const deepest = 32
/** Bytes read at once. */
const windowSize = 64 * 1024

/** Which fields of a message are looked into, by number, and what they hold; see onnx.proto. */
const inside = {
  model: { 7: 'graph', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  function: { 7: 'node' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
  entry: {},
} as const satisfies Record<string, Readonly<Record<number, string>>>
type Message = keyof typeof inside

interface Field {
  readonly number: number
  readonly from: number
  readonly to: number
}

interface Source {
  readonly size: number
  readonly read: (at: number, length: number) => Buffer
}

/** The file is meant as a model: there is a graph in it, or the beginning of one. */
interface Seen {
  graph: boolean
}

/** A message that ends before its fields do, or has fields that none can have. */
class Malformed extends Error {}

/**
 * @returns paths of the files in which it keeps constants, as it has them; mostly none
 * @throws KartotekaError `model-invalid`, naming the file, for one that is too large, cut off or no ONNX file; as `fs`
 */
export function externalFilesOf(path: string): string[] {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const refuse = (why: string): KartotekaError =>
      new KartotekaError('model-invalid', `${basename(path)} ${why}`)
    if (size === 0) throw refuse('is empty. Choose the ONNX file of a network.')
    if (size > largest) {
      throw refuse(
        `has ${Math.round(size / 1e6)} MB, and networks of more than ${Math.round(largest / 1e6)} MB are not taken.`,
      )
    }
    const source = windowed(file, size)
    const named = new Set<string>()
    const seen = { graph: false }
    try {
      walk(source, 'model', { number: 0, from: 0, to: size }, named, seen, 0)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      throw seen.graph
        ? refuse('is cut off or damaged. Fetch it once more.')
        : refuse('is no ONNX file, whatever its name says. Choose the ONNX file of a network.')
    }
    if (!seen.graph)
      throw refuse('is no ONNX file, whatever its name says. Choose the ONNX file of a network.')
    return [...named]
  } finally {
    closeSync(file)
  }
}

function walk(
  source: Source,
  message: Message,
  { from, to }: Field,
  named: Set<string>,
  seen: Seen,
  depth: number,
): void {
  if (depth > deepest) throw new Malformed()
  if (message === 'entry') {
    const entry = [...fieldsOf(source, from, to)]
    const text = (number: number): string => {
      const field = entry.find((each) => each.number === number)
      return field === undefined ? '' : source.read(field.from, field.to - field.from).toString()
    }
    if (text(1) === 'location') named.add(text(2))
    return
  }
  const wanted: Readonly<Record<number, Message>> = inside[message]
  for (const field of fieldsOf(source, from, to, message === 'model' ? seen : undefined)) {
    const next = wanted[field.number]
    if (next !== undefined) walk(source, next, field, named, seen, depth + 1)
  }
}

/** The fields of a message that have a length; others are passed over. */
function* fieldsOf(source: Source, from: number, to: number, seen?: Seen): Generator<Field> {
  let at = from
  while (at < to) {
    const tag = varint(source, at, to)
    const number = Math.floor(tag.value / 8)
    if (number === 0) throw new Malformed()
    at = tag.end
    switch (tag.value % 8) {
      case 0:
        at = varint(source, at, to).end
        break
      case 1:
        at += 8
        break
      case 5:
        at += 4
        break
      case 2: {
        const length = varint(source, at, to)
        if (seen !== undefined && number === 7) seen.graph = true
        const end = length.end + length.value
        if (end > to) throw new Malformed()
        yield { number, from: length.end, to: end }
        at = end
        break
      }
      default:
        throw new Malformed()
    }
    if (at > to) throw new Malformed()
  }
}

/** Seven bits a byte, the lowest first. */
function varint(source: Source, from: number, to: number): { readonly value: number; readonly end: number } {
  let value = 0
  let factor = 1
  for (let at = from; at < to && at < from + 10; at += 1) {
    const [byte = 0] = source.read(at, 1)
    value += (byte % 128) * factor
    factor *= 128
    if (byte < 128) return { value, end: at + 1 }
  }
  throw new Malformed()
}

function windowed(file: number, size: number): Source {
  const window = Buffer.alloc(windowSize)
  let start = 0
  let end = 0
  return {
    size,
    read: (at, length) => {
      if (length > windowSize) throw new Malformed()
      if (at < start || at + length > end) {
        start = at
        end = at + readSync(file, window, 0, windowSize, at)
      }
      return window.subarray(at - start, Math.min(at - start + length, end - start))
    },
  }
}
