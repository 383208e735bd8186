import { onMounted, shallowRef, type ShallowRef } from 'vue'
import type { DuplicateGroup } from '../../../electron/core/contract/duplicates.ts'
import { api } from '../api.ts'

/**
 * Of what the sharpest photo of a group has of fine detail, those that have less than this are said to be less sharp: a burst from
 * the hand differs by a tenth, a blur of two pixels in a thumbnail leaves a third.
 */
const share = 0.6

/** Which of some values are clearly below the greatest; `null` is not known. */
export function lessThanBest(values: readonly (number | null)[]): boolean[] {
  const best = Math.max(0, ...values.map((value) => value ?? 0))
  return values.map((value) => value !== null && value < best * share)
}

/** Photos of a group that are less sharp than the sharpest of it, by id; none until that is known. */
export function useSharpness(group: () => DuplicateGroup): Readonly<ShallowRef<ReadonlySet<number>>> {
  const blurred = shallowRef<ReadonlySet<number>>(new Set())
  onMounted(async () => {
    const photoIds = group()
      .photos.slice(0, 500)
      .map(({ photo }) => photo.id)
    const answer = await api.getSharpness({ photoIds })
    if (!answer.ok) return
    const isLess = lessThanBest(answer.value)
    blurred.value = new Set(photoIds.filter((_, at) => isLess[at]))
  })
  return blurred
}
