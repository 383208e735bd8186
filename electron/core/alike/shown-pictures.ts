import type { Descriptor } from '../library/photos/features.ts'
import type { Reader } from '../library/statements.ts'
import { components } from './descriptor.ts'
import type { FeatureTable } from './load-features.ts'
import type { Wanted } from './similar.ts'

/** A picture that is not in the library and that photos are compared with. It is kept in memory alone. */
export interface ShownPicture {
  /** `@` and eight hex digits of its content: what it is called in a search. */
  readonly mark: string
  /** Of its file. */
  readonly name: string
  readonly descriptor: Descriptor
}

/** Pictures that are kept; the oldest goes. */
const kept = 16

const shown = new WeakMap<Reader, Map<string, ShownPicture>>()

/** From now on searches know the picture by its mark. */
export function keepShown(reader: Reader, picture: ShownPicture): void {
  const known = shown.get(reader) ?? new Map<string, ShownPicture>()
  known.delete(picture.mark)
  known.set(picture.mark, picture)
  const [oldest] = known.keys()
  if (known.size > kept && oldest !== undefined) known.delete(oldest)
  shown.set(reader, known)
}

/** What the file of a picture is called; `null`: it is not kept any more. */
export const nameOfShown = (reader: Reader, mark: string): string | null =>
  shown.get(reader)?.get(mark)?.name ?? null

/** What it looks like; `null` where it is not kept, or was described in another way than the photos. */
export function shownPicture(reader: Reader, mark: string, { version }: FeatureTable): Wanted | null {
  const descriptor = shown.get(reader)?.get(mark)?.descriptor
  if (descriptor === undefined || descriptor.version !== version) return null
  const { buffer, byteOffset } = descriptor.bytes
  return { features: new Int8Array(buffer, byteOffset, components), photoId: null }
}
