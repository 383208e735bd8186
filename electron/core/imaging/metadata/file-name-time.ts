import type { WallTime } from './facts.ts'
import { wallTime } from './wall-time.ts'

/**
 * Dates that phones, messengers and screenshot tools put into file names:
 * `IMG_20190714_180322.jpg`, `PXL_20210304_101112345.jpg`, `2019-07-14 18.03.22.jpg`,
 * `Screenshot 2023-01-05 at 09.08.07.png`, `IMG-20190714-WA0003.jpg`, `20190714.jpg`.
 */
const withTime =
  /(?<!\d)((?:19|20)\d{2})([-_. ]?)(\d{2})\2(\d{2})(?:[-_. T]+|\s+at\s+|,\s+)?(\d{2})[-_.:h]?(\d{2})[-_.:m]?(\d{2})(?:[-_.]?\d{1,3})?(?!\d)/
const withoutTime = /(?<!\d)((?:19|20)\d{2})([-_. ]?)(\d{2})\2(\d{2})(?!\d)/

/** The moment a file name tells; without a time of day it is midnight. `null` when it tells none. */
export function timeFromName(name: string): WallTime | null {
  const full = withTime.exec(name)
  if (full) {
    const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map((group) => Number(full[group]))
    const time = wallTime([year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0], null)
    if (time) return time
  }
  const date = withoutTime.exec(name)
  if (!date) return null
  const [year, month, day] = [1, 3, 4].map((group) => Number(date[group]))
  return wallTime([year ?? 0, month ?? 0, day ?? 0, 0, 0, 0], null, 'day')
}
