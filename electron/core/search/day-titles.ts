import type { DayTitle } from '../contract/days.ts'
import type { Language, Search } from '../contract/values.ts'
import { fold } from '../labels/fold.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { placeNameIn } from '../library/photos/places.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask } from './engine/statements.ts'
import { eventOf } from './folder-event.ts'
import type { Span } from './search-protocol.ts'
import { find } from './search.ts'
import type { Session } from './session.ts'

/** Photos of a day that are asked where they are; of more of them an even choice. */
const mostAsked = 400
/** An event is that of the day from this share of its photos on. */
const leastShare = 0.25
/** A place is that from a smaller one on: many cameras know none, and the telephone beside them knows where all were. */
const leastPlaced = 0.05

interface Counted {
  readonly id: number
  readonly photos: number
}

/** What the days of a list were, from the folders their photos are in and the places they were taken in. */
export function dayTitles(
  reader: Reader,
  lexicon: Lexicon,
  search: Search,
  spans: readonly Span[],
): DayTitle[] {
  return reading(reader, () => {
    const { session, list } = find(reader, lexicon, search)
    const folders = new Map(session.folders().map((folder) => [folder.id, folder]))
    return spans.map(({ first, count }) => {
      const ids = evenly(list.slice(first, count).ids, mostAsked)
      const events = new Map<string, number>()
      for (const { id, photos } of ask<Counted>(reader, 'foldersOfSome', JSON.stringify(ids))) {
        const folder = folders.get(id)
        const event = folder === undefined ? null : eventOf(folder, folders)
        if (event !== null) events.set(event, (events.get(event) ?? 0) + photos)
      }
      const [event, photos] = [...events].toSorted((one, other) => other[1] - one[1])[0] ?? [null, 0]
      const shown = photos >= ids.length * leastShare ? event : null
      const place = placeOf(session, ids, search.language)
      return { event: shown, place: place !== null && says(shown, place) ? null : place }
    })
  })
}

function evenly(ids: Int32Array, most: number): readonly number[] {
  const step = Math.max(1, ids.length / most)
  return Array.from({ length: Math.min(most, ids.length) }, (_, at) => ids[Math.floor(at * step)] ?? 0)
}

function placeOf({ reader, places }: Session, ids: readonly number[], language: Language): string | null {
  const [most] = ask<Counted>(reader, 'placesOfSome', JSON.stringify(ids))
  if (most === undefined || most.photos < ids.length * leastPlaced) return null
  const place = places().find(({ id }) => id === most.id)
  return place === undefined ? null : placeNameIn(language, place)
}

/** Whether the words of an event name the place already. */
const says = (event: string | null, place: string): boolean =>
  event !== null && ` ${fold(event)} `.includes(` ${fold(place)} `)
