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
 * What is offered for a text, the first of it marked: the labels of exactly that name; then, where labels can be made,
 * the text itself as a new label unless one is shown by that very name; then what only begins like it.
 */
export function offersFor(text: string, matches: readonly LabelMatch[], canMake: boolean): readonly Offer[] {
  const exact = matches.filter((match) => match.exact)
  const exists = matches.some(({ name }) => folded(name) === folded(text))
  const made: readonly Offer[] = canMake && !exists ? [{ term: null, name: text, spelling: null }] : []
  return [...exact.map(offer), ...made, ...matches.filter((match) => !match.exact).map(offer)]
}
