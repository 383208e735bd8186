import type { Language } from '../../contract/values.ts'

/** Bounds in 1/10,000, inclusive; `null` is open. */
export interface Bounds {
  readonly min: number | null
  readonly max: number | null
}

/** A score kept in the library is a probability in 1/10,000. */
export const scoreScale = 10_000

const form = /^(>=|<=|=>|=<|≥|≤|>|<|=)?(\d{1,9}(?:[.,]\d{0,18})?|[.,]\d{1,18})(%)?$/

/**
 * `>0.6`, `>=60%`, `0,6` (at least), `<0.5`. A bare number above 1 is taken for percent. `null` when it is none of these.
 * With `negated` the other side: not over 60 % is at most 60 %.
 */
export function boundsOf(value: string, negated: boolean): Bounds | null {
  const match = form.exec(value.normalize('NFKC').replace(/\s+/g, ''))
  if (match === null) return null
  const number = Number((match[2] ?? '').replace(',', '.'))
  const share = match[3] !== undefined || number > 1 ? number / 100 : number
  const score = Math.min(scoreScale, Math.round(share * scoreScale))
  const sign = match[1] ?? '>='
  if (sign === '>') return negated ? { min: null, max: score } : { min: score + 1, max: null }
  if (sign === '<') return negated ? { min: score, max: null } : { min: null, max: score - 1 }
  const atMost = sign === '<=' || sign === '=<' || sign === '≤'
  if (atMost) return negated ? { min: score + 1, max: null } : { min: null, max: score }
  return negated ? { min: null, max: score - 1 } : { min: score, max: null }
}

const percent = (score: number): string => `${score / 100}%`

/** Query text that is read back as the same bounds. */
function boundsQuery(bounds: Bounds): string {
  if (bounds.min !== null)
    return isOver(bounds.min) ? `>${percent(bounds.min - 1)}` : `>=${percent(bounds.min)}`
  const max = bounds.max ?? scoreScale
  return isOver(max + 2) ? `<${percent(max + 1)}` : `<=${percent(max)}`
}

/** "over 60 %" rather than "at least 60.01 %". */
const isOver = (min: number): boolean => (min - 1) % 100 === 0

const meanings: Readonly<Record<Language, Readonly<Record<'confidence' | '>' | '>=' | '<' | '<=', string>>>> =
  {
    en: { confidence: 'confidence', '>': 'over', '>=': 'at least', '<': 'under', '<=': 'at most' },
    ru: { confidence: 'уверенность', '>': 'больше', '>=': 'не меньше', '<': 'меньше', '<=': 'не больше' },
  }

/** How bounds are told to people: "confidence over 60 %". */
export function boundsMeaning(bounds: Bounds, language: Language): string {
  const text = boundsQuery(bounds)
  const value = text.replace(/^[<>=]+/, '').replace('%', '\u202f%')
  const words = meanings[language]
  const sign = /^[<>]=?/.exec(text)?.[0] as keyof typeof words
  return `${words.confidence} ${words[sign]} ${value}`
}
