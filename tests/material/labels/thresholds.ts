import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import type { TermId } from '../../../electron/core/labels/term.ts'
import type { Photo, Seen } from './scoring.ts'

export interface LookedAt {
  readonly photo: Photo
  readonly seen: Seen
}

/** From the common one outwards, so that of equals the nearer one wins. */
const candidates = [0.35, 0.3, 0.4, 0.25, 0.45, 0.2, 0.5, 0.55, 0.6]

/** What most categories do best with: mean precision and mean recall are about equal there. */
export const commonThreshold = 0.35

/**
 * How many mistakes fewer a threshold must make to lie 0.1 from the common one; four times as many for 0.2. So few
 * photos show any one category that weaker ties made the mistakes on other photos more, not fewer (MEASURED.md).
 */
const mistakesPerStep = 4

/**
 * What the network falls back on when a photo shows nothing it knows (plain walls, grain, screenshots). No photo here is
 * of that kind, so these are set by hand.
 */
const setByHand: ReadonlyMap<string, number> = new Map([
  ['textile', 0.5],
  ['screen', 0.5],
  ['print', 0.5],
])

/**
 * For every category the threshold with the fewest mistakes (photos found in error or missed) on these photos, held
 * back towards the common one as above.
 */
export function chooseThresholds(lexicon: Lexicon, photos: readonly LookedAt[]): ReadonlyMap<TermId, number> {
  return new Map(
    lexicon.categories.map(({ id, key, classes }) => {
      const byHand = setByHand.get(key)
      if (byHand !== undefined) return [id, byHand]
      const members = new Set(classes)
      let best = { threshold: commonThreshold, cost: Infinity }
      for (const threshold of candidates) {
        const mistakes = photos.filter(
          ({ photo, seen }) => members.has(photo.classIndex) !== (seen.get(id) ?? 0) >= threshold,
        ).length
        const cost = mistakes + mistakesPerStep * ((threshold - commonThreshold) / 0.1) ** 2
        if (cost < best.cost - 1e-9) best = { threshold, cost }
      }
      return [id, best.threshold]
    }),
  )
}
