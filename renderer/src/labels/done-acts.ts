import type { KeptSelection } from '../selection/selection.ts'

/** Something that undo takes back. */
export interface DoneAct {
  /** Steps of the library's history: more than one for an act that took several calls. */
  readonly steps: number
  /** What was selected when it was done; `null` where that is not known. */
  readonly selection: KeptSelection | null
}

/** As many as the library remembers changes, and with photos in their selections that take 8 MB. */
const most = { acts: 200, photos: 1_000_000 }

/** The newest acts, oldest first. Where they keep too many photos the older ones keep none, and are taken back without. */
export function newestActs(acts: readonly DoneAct[], limits = most): DoneAct[] {
  let photos = 0
  return acts
    .slice(-limits.acts)
    .toReversed()
    .map((act) => {
      photos += act.selection?.ids.length ?? 0
      return photos > limits.photos ? { ...act, selection: null } : act
    })
    .toReversed()
}
