import type { DateChange } from '../../../electron/core/contract/dating.ts'
import type { PersonFacts } from '../../../electron/core/contract/person-facts.ts'

export type DateHow = 'set' | 'shift' | 'first' | 'zone' | 'file' | 'folder' | 'as-in-file'

/** What is entered in the dialog; every way keeps its own, so that going back and forth loses nothing. */
export interface DateForm {
  how: DateHow
  set: string
  first: string
  direction: 'later' | 'earlier'
  /** As typed: empty boxes are no number. */
  days: number | ''
  hours: number | ''
  minutes: number | ''
  seconds: number | ''
  zoneFrom: string
  zoneTo: string
}

/** Why there is no change yet: nothing is entered, what is entered cannot be read, or it says no time of day. */
export type Missing = 'nothing' | 'not-read' | 'no-time'

/** The text of the way that is chosen, where it has one. */
export const typedIn = (form: Readonly<DateForm>): string =>
  form.how === 'set' ? form.set.trim() : form.how === 'first' ? form.first.trim() : ''

/**
 * The change that the form asks for.
 * @param read what the text says, see `typedIn`
 */
export function changeOf(form: Readonly<DateForm>, read: PersonFacts['taken'] | null): DateChange | Missing {
  switch (form.how) {
    case 'set':
      if (typedIn(form) === '') return 'nothing'
      return read === null ? 'not-read' : { how: 'set', taken: read }
    case 'first':
      if (typedIn(form) === '') return 'nothing'
      if (read === null) return 'not-read'
      return read.precision === 'second' ? { how: 'first', at: read.at } : 'no-time'
    case 'shift': {
      const seconds = shiftOf(form)
      return seconds === 0 ? 'nothing' : { how: 'shift', seconds }
    }
    case 'zone':
      return form.zoneFrom === form.zoneTo ? 'nothing' : { how: 'zone', from: form.zoneFrom, to: form.zoneTo }
    case 'file':
    case 'folder':
      return { how: 'name', of: form.how }
    case 'as-in-file':
      return { how: 'as-in-file' }
  }
}

/** Seconds; no clock is wrong by more than 10,000 years. */
function shiftOf({ direction, days, hours, minutes, seconds }: Readonly<DateForm>): number {
  const size = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const whole = Math.min(Math.round(Math.abs(size)), 3_652_000 * 86_400)
  return whole === 0 ? 0 : direction === 'earlier' ? -whole : whole
}
