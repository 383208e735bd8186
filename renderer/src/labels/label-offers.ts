import type { LabelMatch } from '../../../electron/core/contract/values.ts'
import type { LabelChoice } from './decisions.ts'

/** One line of the label picker; without a term it is a label that is made. */
export type Offer = LabelChoice & {
  /** The other name of the label that was typed or begun. */
  readonly spelling: string | null
}

const offer = ({ term, name, spelling }: LabelMatch): Offer => ({ term, name, spelling })
const folded = (name: string) => name.normalize('NFC').toLocaleLowerCase()

/**
 * What is offered for a text: the labels of exactly that name, those that begin like it, and, where labels can be made, the
 * text itself as a new label unless one is shown by that very name. `meant` is the one that the text as a whole stands for:
 * a label of that name, else the new one.
 */
export function offersFor(
  text: string,
  matches: readonly LabelMatch[],
  canMake: boolean,
): { readonly offers: readonly Offer[]; readonly meant: number } {
  const exact = matches.filter((match) => match.exact)
  const known = [...exact, ...matches.filter((match) => !match.exact)].map(offer)
  const exists = matches.some(({ name }) => folded(name) === folded(text))
  if (!canMake || exists) return { offers: known, meant: 0 }
  return {
    offers: [...known, { term: null, name: text, spelling: null }],
    meant: exact.length > 0 ? 0 : known.length,
  }
}
