import type { PersonFact } from '../../../electron/core/contract/person-facts.ts'
import { api } from '../api.ts'
import { counted, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useDecisions, type Done } from './decisions.ts'

/** One call speaks of no more photos than this. */
const mostPhotos = 200_000

/** Of how many photos it is news, in how many steps of the history; `null` when it could not be done. */
async function inCalls(
  photoIds: readonly number[],
  fact: PersonFact,
): Promise<{ readonly changed: number; readonly steps: number } | null> {
  let [changed, steps] = [0, 0]
  for (let from = 0; from < photoIds.length; from += mostPhotos) {
    const result = await useToasts().attempt(
      api.say({ photoIds: photoIds.slice(from, from + mostPhotos), fact }),
      'decision',
    )
    if (result === null) return null
    changed += result.changed
    if (result.changed > 0) steps++
  }
  return { changed, steps }
}

/** Says something of photos, with a way back. @param tell what it comes to for so many */
export function sayOfPhotos(
  photoIds: readonly number[],
  fact: PersonFact,
  tell: (changed: number) => string,
): Promise<boolean> {
  return useDecisions().undoable(async () => {
    const done = await inCalls(photoIds, fact)
    if (done === null) return null
    return { said: done.changed === 0 ? t('said.same') : tell(done.changed), steps: done.steps }
  })
}

/** Makes photos favourites; if all of them are, none of them is one any more. */
export function toggleFavourite(photoIds: readonly number[]): Promise<boolean> {
  return useDecisions().undoable(async (): Promise<Done | null> => {
    const now = await inCalls(photoIds, { field: 'favourite', value: true })
    if (now === null) return null
    if (now.changed > 0) return { said: counted('said.favourite', now.changed), steps: now.steps }
    const taken = await inCalls(photoIds, { field: 'favourite', value: null })
    return taken && { said: counted('said.notFavourite', taken.changed), steps: taken.steps }
  })
}

/** "4 stars", "no stars". */
export const starsText = (stars: number): string =>
  stars <= 0 ? t('stars.none') : counted('stars.count', stars)

/** @param stars `null`: as the file says */
export function giveStars(photoIds: readonly number[], stars: number | null): Promise<boolean> {
  return sayOfPhotos(photoIds, { field: 'rating', value: stars }, (changed) =>
    stars === null
      ? counted('stars.asInFile', changed)
      : counted('stars.set', changed, { stars: starsText(stars) }),
  )
}
