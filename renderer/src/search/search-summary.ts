import { noDay, type SearchPage } from '../../../electron/core/contract/values.ts'
import { knownPart } from '../../../electron/core/contract/dates.ts'
import { bytesFromText } from '../../../electron/core/contract/packed.ts'
import type { Section } from '../wall/wall-layout.ts'

/** What is known of the list that a search gives, besides its photos. */
export interface SearchSummary extends Omit<SearchPage, 'days' | 'daysInPart' | 'photos' | 'shapes'> {
  /** By day, month or year, newest first, when sorted by date; one section without a day otherwise. */
  readonly sections: readonly Section[]
  /** Of each photo, see `contract/shape.ts`. */
  readonly shapes: Uint8Array
}

/** @param before whose shapes are those of this page, where it brings none; default: `null` */
export function summaryOf(page: SearchPage, before: SearchSummary | null = null): SearchSummary {
  const { days, daysInPart, photos: _, shapes, ...rest } = page
  const sections: Section[] = []
  for (let at = 0; at < days.length; at += 2)
    sections.push({ day: dayText(days[at] ?? noDay), count: days[at + 1] ?? 0 })
  for (const { section, unit } of daysInPart) {
    const { day = null, count = 0 } = sections[section] ?? {}
    sections[section] = { day: day === null ? null : knownPart(day, unit), count }
  }
  return {
    ...rest,
    sections,
    shapes: shapes === null ? (before?.shapes ?? noShapes) : bytesFromText(shapes),
  }
}

const noShapes = new Uint8Array(0)

/** Days already written out: a wall of all photos has thousands, and is asked for again and again. */
const texts = new Map<number, string | null>([[noDay, null]])

/** `2019-07-14`. */
function dayText(day: number): string | null {
  const known = texts.get(day)
  if (known !== undefined) return known
  const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
  texts.set(day, text)
  return text
}
