/** A number or a quotient; `null` for anything else. */
export function parseFraction(text: string | null): number | null {
  const match = /^([+-]?\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/.exec(text?.trim() ?? '')
  if (!match) return null
  return Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]))
}

/** `48,49.3245N` or `48,49,19S` (XMP specification part 2); some write plain degrees. */
export function parseDegrees(text: string | null): number | null {
  const match = /^(\d{1,3}),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?\s*([NSEW])$/i.exec(text?.trim() ?? '')
  if (!match) return parseFraction(text)
  const value = Number(match[1]) + Number(match[2]) / 60 + Number(match[3] ?? 0) / 3600
  return /[SW]/i.test(match[4] ?? '') ? -value : value
}
