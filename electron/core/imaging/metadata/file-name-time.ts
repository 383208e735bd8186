import type { WallTime } from './facts.ts'
import { dayAndMonth, isUnsetClock, namedDate } from './named-date.ts'

/*
 * Dates that phones, messengers and screenshot tools put into file names:
 * `IMG_20190714_180322.jpg`, `PXL_20210304_101112345.jpg`, `2019-07-14 18.03.22.jpg`, `IMG-20190714-WA0003.jpg`,
 * `Screenshot 2023-01-05 at 9.08.07 PM.png`, `14.07.2019 18-03-22.jpg`, `FB_IMG_1563127402000.jpg`.
 */

const yearFirst = /(?<!\d)((?:19|20)\d{2})([-_. ]?)(\d{2})\2(\d{2})/gu
/** `@`: as Telegram exports them (`photo_1@05-07-2019_18-03-22.jpg`), with the day first. */
const yearLast = /(@)?(?<!\d)(\d{1,2})([-_. ])(\d{1,2})\3((?:19|20)\d{2})/gu

/** What may stand between date and time: signs, or a word or two as systems write it (`at`, `um`, `kl.`, `a las`, `в`). */
const between =
  /(?:\s*,\s*|\s+[\p{scx=Latin}\p{scx=Cyrillic}]{1,5}\.?\s+(?:\p{scx=Latin}{1,5}\s+)?|[-_.\sT]+)?/u
/** Halves of the day that stand before the time: Chinese, Japanese, Korean. */
const halfBefore = /(?:(上午|午前|오전)|(下午|午後|오후))?\s*/u
const clock = /(?:(\d{2})(\d{2})(\d{2})|(\d{1,2})[-_.:h](\d{2})[-_.:m](\d{2}))(?:[-_.]?\d{1,3})?(?!\d)/u
/** `PM`, `p.m.`, `p. m.`, also after the narrow space that macOS writes. */
const halfAfter = /(?:[\s_.-]*(?:(a)|(p))\.?\s?m(?!\p{L}))?/u
const time = new RegExp([between, halfBefore, clock, halfAfter].map(({ source }) => source).join(''), 'iuy')

/**
 * Programs that name files by Unix time in milliseconds: Facebook, and what WeChat saves and takes. Of any other number
 * nobody can say what it counts.
 */
const epochName = /^(?:FB_IMG_|mmexport|wx_camera_)(\d{13})(?!\d)/iu

/**
 * The moment a file name tells; without a time of day it is midnight, of precision `day`. Unix time is given as UTC.
 * `null` when the name tells none, or one whose day and month could be either way round.
 */
export function timeFromName(name: string): WallTime | null {
  const text = name.normalize('NFC')
  const epoch = epochName.exec(text)
  const told = (
    epoch ? [fromEpoch(Number(epoch[1]))] : datesIn(text).map((date) => timeOf(text, date))
  ).filter((time) => time !== null && !isUnsetClock(time))
  return told.find((time) => time?.precision === 'second') ?? told[0] ?? null
}

function timeOf(text: string, { date, end }: DateInText): WallTime | null {
  const clockTime = timeAt(text, end)
  if (clockTime !== null) return namedDate(date, clockTime) ?? namedDate(date)
  return /\d/u.test(text.charAt(end)) ? null : namedDate(date)
}

interface DateInText {
  readonly date: [number, number, number]
  /** Where the text goes on after it. */
  readonly end: number
}

function datesIn(text: string): DateInText[] {
  const first = [...text.matchAll(yearFirst)].map((match): DateInText => {
    const [whole, year, , month, day] = match
    return { date: [Number(year), Number(month), Number(day)], end: match.index + whole.length }
  })
  const last = [...text.matchAll(yearLast)].flatMap((match): DateInText[] => {
    const [whole, at, one, sign = '', other, year] = match
    const order = dayAndMonth(Number(one), Number(other), at === undefined ? sign : '.')
    if (order === null) return []
    return [{ date: [Number(year), order[1], order[0]], end: match.index + whole.length }]
  })
  return [...first, ...last]
}

function timeAt(text: string, at: number): [number, number, number] | null {
  time.lastIndex = at
  const match = time.exec(text)
  if (!match) return null
  const [, amBefore, pmBefore, h, m, s, hour = h, minute = m, second = s, amAfter, pmAfter] = match
  const isAm = amBefore !== undefined || amAfter !== undefined
  const isPm = pmBefore !== undefined || pmAfter !== undefined
  return [in24Hours(Number(hour), isAm, isPm), Number(minute), Number(second)]
}

/** An hour that no 12-hour clock shows is one of 24, whatever stands beside it. */
function in24Hours(hour: number, isAm: boolean, isPm: boolean): number {
  if ((!isAm && !isPm) || hour < 1 || hour > 12) return hour
  return (hour % 12) + (isPm ? 12 : 0)
}

function fromEpoch(milliseconds: number): WallTime | null {
  const at = new Date(milliseconds)
  const time = namedDate(
    [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()],
    [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()],
  )
  return time === null ? null : { ...time, offset: '+00:00' }
}
