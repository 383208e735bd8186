import type { DateChange, KeptReason } from '../../contract/dating.ts'
import { knownPart, type DateSource } from '../../contract/dates.ts'
import type { PersonFacts } from '../../contract/person-facts.ts'
import { localTimeOf, offsetMinutes, secondsOf } from '../times.ts'

/** A date as a person says it. */
export type Taken = PersonFacts['taken']

/** What is known of when a photo was taken. */
export interface Dated {
  /** As it is shown. */
  readonly taken: (Taken & { readonly from: DateSource | null }) | null
  /** What the names of its files, or of their folders, tell. */
  readonly named: (of: 'file' | 'folder') => Taken | null
}

/** What becomes of the date of one photo; `after: null`: as in the file. */
export type Redated =
  | { readonly kind: 'changed'; readonly after: Taken | null }
  | { readonly kind: 'kept'; readonly why: KeptReason }

/** A change of many photos with all that it takes of them together. */
export type SettledChange = Exclude<DateChange, { how: 'first' }>

const secondsPerDay = 86_400
/** `0001-01-01T00:00:00` and `9999-12-31T23:59:59` as the library counts. */
const [earliest, latest] = [-62_135_596_800, 253_402_300_799]

/** Whether the date says more than a day. */
export const isExact = ({ precision }: Taken): boolean => precision === 'second'

/**
 * The shift that "the first photo was taken at …" means.
 * @param first what the earliest photo tells now; `null` where none tells a time of day: nothing is moved
 */
export function settled(change: DateChange, first: string | null): SettledChange {
  if (change.how !== 'first') return change
  const [from, to] = [first === null ? null : secondsOf(first), secondsOf(change.at)]
  return { how: 'shift', seconds: from === null || to === null ? 0 : to - from }
}

/** The date that a photo gets by a change. Nothing becomes more exact than it was known. */
export function redate(change: SettledChange, photo: Dated): Redated {
  switch (change.how) {
    case 'set':
      return unlessSame(photo, change.taken)
    case 'as-in-file':
      return photo.taken?.from === 'person' ? { kind: 'changed', after: null } : kept('same')
    case 'shift':
      return moved(photo, change.seconds, null)
    case 'zone':
      return inZone(photo, change)
    case 'name': {
      const named = photo.named(change.of)
      if (named === null) return kept('untold')
      const { taken } = photo
      const isKnown = taken !== null && !guessed.has(taken.from) && saysMore(taken, named)
      return isKnown ? kept('same') : unlessSame(photo, named)
    }
  }
}

const kept = (why: KeptReason): Redated => ({ kind: 'kept', why })

/** What is only guessed from times of the file is no word that a person's could be the same as. */
const guessed: ReadonlySet<DateSource | null> = new Set(['modified', 'file-time', null])

function unlessSame({ taken }: Dated, after: Taken): Redated {
  const isSame =
    taken !== null &&
    !guessed.has(taken.from) &&
    taken.at === after.at &&
    taken.precision === after.precision &&
    taken.offset === after.offset
  return isSame ? kept('same') : { kind: 'changed', after }
}

/** Whether a date is the same as another and as exact, or more. */
function saysMore(date: Taken, other: Taken): boolean {
  return knownPart(date.at, date.precision).startsWith(knownPart(other.at, other.precision))
}

/** The clock showed the time of another zone than the one it was in. */
function inZone(photo: Dated, { from, to }: Extract<SettledChange, { how: 'zone' }>): Redated {
  const [before, after] = [offsetMinutes(from), offsetMinutes(to)]
  if (before === null || after === null || before === after) return kept('same')
  const { taken } = photo
  if (taken?.offset !== null && taken?.offset !== undefined && taken.offset !== from)
    return kept('other-zone')
  return moved(photo, (after - before) * 60, to)
}

/** @param offset the one it has then; `null`: as before */
function moved({ taken }: Dated, seconds: number, offset: string | null): Redated {
  if (taken === null) return kept('undated')
  const isByDays = offset === null && taken.precision === 'day' && seconds % secondsPerDay === 0
  if (!isExact(taken) && !isByDays) return kept('coarse')
  if (seconds === 0) return kept('same')
  const at = secondsOf(taken.at)
  if (at === null) return kept('undated')
  const to = at + seconds
  const text = to < earliest || to > latest ? null : localTimeOf(to)
  if (text === null) return kept('outside')
  return {
    kind: 'changed',
    after: { at: text, precision: taken.precision, offset: offset ?? taken.offset },
  }
}
