import type { Cover } from '../contract/things.ts'
import type { TermKey } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask } from './engine/statements.ts'
import { sessionOf } from './session.ts'
import { wallPhotos } from './wall-photos.ts'

/**
 * A photo for each of these labels and categories: a favourite, else the one with the most stars, else what was confirmed,
 * else the surest; no hidden one. A photo that stands for another of them, or is taken already, is not taken again while
 * there is another, so that "animal", "mammal" and "dog" side by side are not the same dog three times. Those with the fewest
 * photos choose first: what has many finds another that is about as good.
 */
export function coversOf(
  reader: Reader,
  lexicon: Lexicon,
  keys: readonly TermKey[],
  shown: readonly number[] = [],
): Cover[] {
  return reading(reader, () => {
    const session = sessionOf(reader, lexicon)
    const { vocabulary } = session
    const terms = keys.map((key) => lexicon.idOf(key))
    const wanted = terms.flatMap((term) => (term === null ? [] : [[term, vocabulary.threshold(term)]]))
    const candidates = new Map(
      ask<{ term: number; ids: string }>(reader, 'covers', JSON.stringify(wanted)).map(({ term, ids }) => [
        term,
        JSON.parse(ids) as number[],
      ]),
    )
    const taken = new Set(shown)
    const chosen = new Map<number, number>()
    const choices = terms.map((term, at) => ({
      at,
      ids: (term === null ? null : candidates.get(term)) ?? [],
    }))
    for (const { at, ids } of choices.toSorted((one, other) => one.ids.length - other.ids.length)) {
      const id = ids.find((each) => !taken.has(each)) ?? ids[0]
      if (id === undefined) continue
      taken.add(id)
      chosen.set(at, id)
    }
    const versions = new Map(
      wallPhotos(session, [], new Set(chosen.values()), 'en').map(
        ({ id, version }) => [id, version] as const,
      ),
    )
    return keys.map((term, at) => {
      const id = chosen.get(at) ?? null
      const version = id === null ? undefined : versions.get(id)
      return { term, photo: id === null || version === undefined ? null : { id, version } }
    })
  })
}
