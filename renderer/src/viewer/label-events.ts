import type { LabelChoice, Verdict } from '../labels/decisions.ts'

/** What people do with the labels of the photo they look at. */
export interface LabelEvents {
  /** The label under the pointer or with the focus: it is to be shown where it was seen. */
  look: [term: string | null]
  /** It is to stay shown, or no longer. */
  pin: [term: string]
  decide: [verdict: Verdict, choice: LabelChoice]
}
