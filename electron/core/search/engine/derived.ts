import { lazy } from '../../contract/lazy.ts'
import { addIds, meet, noBits, removeAll, type Bits } from './bits.ts'
import type { Condition } from './conditions.ts'
import { takenOn, takenWithin, type DateOrder, type InPart } from './date-order.ts'
import { always, type DaysFact, type KeptFact } from './facts.ts'

/** What follows from the library as it is, each worked out when it is first needed and kept until the library changes. */
export interface Derived {
  /** `null` in most libraries: there are none. */
  readonly inPart: () => InPart | null
  /** `null` in most libraries: there are none. */
  readonly hidden: () => Bits | null
  /** Photos on the wall that are not hidden. Not to be changed. */
  readonly shown: () => Bits
  /** The photos of days. */
  readonly taken: (fact: DaysFact) => Condition
}

/** Facts about days that are kept. */
const mostDays = 16

/** @param capacity all ids are below */
export function derivedFrom(
  order: () => DateOrder,
  bitsOf: (fact: KeptFact) => Bits,
  capacity: number,
): Derived {
  const inPart = lazy((): InPart | null => {
    const [year, month] = [
      bitsOf({ kind: 'inPart', unit: 'year' }),
      bitsOf({ kind: 'inPart', unit: 'month' }),
    ]
    return meet(year, year) || meet(month, month) ? { year, month } : null
  })
  const hidden = lazy((): Bits | null => {
    const bits = bitsOf({ kind: 'state', what: 'hidden' })
    return meet(bits, order().visible) ? bits : null
  })
  const shown = lazy((): Bits => {
    const leftOut = hidden()
    if (leftOut === null) return order().visible
    const left = order().visible.slice()
    removeAll(left, leftOut)
    return left
  })
  const bitsOfDays = (fact: DaysFact): Bits => {
    if (fact.kind === 'window' && fact.window === always) return order().visible
    const bits = noBits(capacity)
    addIds(
      bits,
      fact.kind === 'window'
        ? takenWithin(order(), fact.window, inPart()).ids
        : takenOn(order(), fact.days, inPart()),
    )
    return bits
  }
  const days = new Map<string, Condition>()
  return {
    inPart,
    hidden,
    shown,
    taken: (fact) => {
      const key = JSON.stringify(fact)
      const known = days.get(key)
      if (known !== undefined) return known
      if (days.size >= mostDays) days.clear()
      const condition: Condition = { kind: 'bits', bits: bitsOfDays(fact) }
      days.set(key, condition)
      return condition
    },
  }
}
