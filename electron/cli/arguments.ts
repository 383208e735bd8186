import { InvalidArgumentError } from 'commander'
import { longestJpegSide, namePlaceholders, unknownPlaceholder } from '../core/contract/copies.ts'
import { benchParts, type BenchPart } from './bench-options.ts'

/** What commands read their arguments with. All throw InvalidArgumentError, which says what to write instead. */

/** An empty value is a variable of a script that was never set. */
export function notEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}

/** An empty name would mean the folder that one happens to be in. */
export function folder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty; "." is the present folder.')
  return text
}

export function severalFolders(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), folder(text)]
}

export function several(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), notEmpty(text)]
}

export function stars(text: string): number | 'file' {
  if (text === 'file') return text
  return text === 'none' ? 0 : wholeFrom(0, 5, text)
}

export const whole = (text: string): number => wholeFrom(0, Number.MAX_SAFE_INTEGER, text)
export const rounds = (text: string): number => wholeFrom(1, 1000, text)
export const quality = (text: string): number => wholeFrom(1, 100, text)
export const portNumber = (text: string): number => wholeFrom(0, 65_535, text)

function wholeFrom(least: number, most: number, text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`
  const tooLarge = /^\d+$/.test(text) && number > most ? ' This one is too large.' : ''
  throw new InvalidArgumentError(`It must be a whole number, ${range}.${tooLarge}`)
}

/** Pixels; `null`: all there are. */
export function jpegSide(text: string): number | null {
  return text === 'full' ? null : wholeFrom(16, longestJpegSide, text)
}

export const bracedPlaceholders = namePlaceholders.map((name) => `{${name}}`)

export function namePattern(text: string): string {
  const unknown = unknownPlaceholder(notEmpty(text))
  if (unknown === null) return text
  throw new InvalidArgumentError(`{${unknown}} is none of: ${bracedPlaceholders.join(', ')}.`)
}

export function someParts(text: string): BenchPart[] {
  return text.split(',').map((name) => {
    const part = benchParts.find((known) => known === name.trim())
    if (part === undefined) throw new InvalidArgumentError(`"${name}" is none of: ${benchParts.join(', ')}.`)
    return part
  })
}

/** From 0 to 1. */
export function probability(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1, like 0.6 for 60 %.')
  }
  return number
}

/** Of red, green and blue. */
export function triple(text: string): readonly [number, number, number] {
  const [red, green, blue, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (red === undefined || green === undefined || blue === undefined || more.length > 0) {
    throw new InvalidArgumentError(
      'It must be three numbers: of red, green and blue, like 123.675,116.28,103.53.',
    )
  }
  if (![red, green, blue].every(Number.isFinite)) throw new InvalidArgumentError('It must be three numbers.')
  return [red, green, blue]
}
