/** Capture times as the library keeps them: local wall time, counted as if it were UTC. */

/** `photo.shown_at` of photos without a date, seconds: sorts them last. */
export const undatedAt = -86_400_000_000
/** `photo.day` of photos without a date. */
export const undatedDay = -1_000_000

/** `2019-07-14T18:03:22` → seconds. `null` for anything that is no such time. */
export function secondsOf(localTime: string): number | null {
  const milliseconds = Date.parse(`${localTime}Z`)
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000)
}

/** Seconds → `2019-07-14T18:03:22`; `null` for a photo without a date. */
export function localTimeOf(seconds: number | null): string | null {
  if (seconds === null || seconds === undatedAt) return null
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}

/** Days since 1970 → `2019-07-14`; `null` for `undatedDay`. */
export function dayText(day: number): string | null {
  return day === undatedDay ? null : new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** `+02:00` → 120 minutes; `null` for anything that is no offset. */
export function offsetMinutes(offset: string): number | null {
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(offset)
  if (match === null) return null
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

/** 120 → `+02:00`. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
