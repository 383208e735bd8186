import { KartotekaError } from '../../contract/failure.ts'
import type { PersonField } from '../../contract/person-facts.ts'
import { write, type Library } from '../library.ts'
import { valueText } from '../photos/said-facts.ts'
import { prepare } from '../statements.ts'
import { joinLabels } from './decisions.ts'
import { pushChange, type FactStep } from './history.ts'
import { applyFactSteps, joinFacts } from './person-facts.ts'
import { joinPlaces } from './place-steps.ts'

/** What is said of a picture, whichever of its photos it is said of; a date or a turn are of the one photo. */
const ofThePicture: readonly PersonField[] = ['rating', 'favourite', 'title', 'note']

/**
 * Of photos of one picture one is kept and the others are hidden. The one that is kept takes over their labels, albums,
 * stars, titles and notes; of two that contradict each other the later stands. Stars that only a file gives go over where the
 * kept one has none. One step of the history; no file is touched.
 * @returns photos that were hidden
 * @throws KartotekaError `not-found` when the kept one or all others are not in the library
 */
export function keepOne(library: Library, keptId: number, otherIds: readonly number[]): number {
  return write(library, () => {
    const row = prepare<[number], { id: number; hidden: number; rating: number | null }>(
      library,
      'SELECT id, hidden, rating FROM photo WHERE id = ?',
    )
    const kept = row.get(keptId)
    const others = [...new Set(otherIds)].filter((id) => id !== keptId).flatMap((id) => row.get(id) ?? [])
    if (kept === undefined || others.length === 0) {
      throw new KartotekaError('not-found', 'These photos are no longer in the library.')
    }
    const pairs = others.map(({ id }) => ({ from: id, to: keptId }))
    const steps = joinLabels(library, pairs)
    const places = joinPlaces(library, pairs)
    const facts = joinFacts(library, pairs, ofThePicture)
    const more: FactStep[] = others
      .filter(({ hidden }) => hidden === 0)
      .map(({ id }) => ({
        photoId: id,
        field: 'hidden',
        before: saidOf(library, id, 'hidden'),
        after: valueText({ field: 'hidden', value: true }),
      }))
    const stars = Math.max(...others.map(({ rating }) => rating ?? 0))
    if (stars > 0 && (row.get(keptId)?.rating ?? 0) === 0 && !facts.some(isRating)) {
      const before = saidOf(library, keptId, 'rating')
      more.push({
        photoId: keptId,
        field: 'rating',
        before,
        after: valueText({ field: 'rating', value: stars }),
      })
    }
    applyFactSteps(library, more)
    pushChange(library, { steps, places, facts: [...facts, ...more] })
    return more.filter(({ field }) => field === 'hidden').length
  })
}

const isRating = ({ field }: FactStep): boolean => field === 'rating'

/** As the history has it. */
function saidOf(library: Library, photoId: number, field: PersonField): string | null {
  const said = prepare<[number, PersonField], { value: string }>(
    library,
    'SELECT value FROM person_fact WHERE photo_id = ? AND field = ?',
  )
  return said.get(photoId, field)?.value ?? null
}
