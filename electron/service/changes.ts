import type { EventName, EventPayload } from '../core/contract/contract.ts'

export type Emit = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
type Changed = EventPayload<'libraryChanged'>['what'][number]

/** Tells the shells what of the library changed, gathered so that a busy run does not flood them. */
export interface Changes {
  /** A person did it: told at once, so that the screen follows the hand. */
  readonly now: (...what: Changed[]) => void
  /** Indexing did it: told at once after a quiet time, else within `pause`, so that a photo is seen a second after it was stored. */
  readonly soon: (...what: Changed[]) => void
  /** The same for what is dear to ask anew: the tree of 7000 folders is a megabyte, labels are a thousand. Told within `longPause`. */
  readonly later: (...what: Changed[]) => void
  /** Nothing is told from now on, however late a change comes: the library is being closed. */
  readonly end: () => void
}

/** Milliseconds between two reports of indexing: each makes the wall ask anew. */
const pause = 800
const longPause = 3000

/** @param revision Reads the library's revision at the moment of telling. */
export function createChanges(emit: Emit, revision: () => number): Changes {
  const gathered = new Set<Changed>()
  const waiting = new Set<Changed>()
  let timer: NodeJS.Timeout | null = null
  let longTimer: NodeJS.Timeout | null = null
  let indexingToldAt = Number.NEGATIVE_INFINITY
  let ended = false
  const tell = (): void => {
    if (ended) return
    if (timer !== null) clearTimeout(timer)
    timer = null
    const what = [...gathered]
    gathered.clear()
    for (const each of what) waiting.delete(each)
    emit('libraryChanged', { revision: revision(), what })
  }
  const tellOfIndexing = (): void => {
    indexingToldAt = performance.now()
    tell()
  }
  return {
    now: (...what) => {
      for (const each of what) gathered.add(each)
      tell()
    },
    soon: (...what) => {
      if (ended) return
      for (const each of what) gathered.add(each)
      const wait = indexingToldAt + pause - performance.now()
      if (wait <= 0) tellOfIndexing()
      else timer ??= setTimeout(tellOfIndexing, wait)
    },
    later: (...what) => {
      if (ended) return
      for (const each of what) waiting.add(each)
      longTimer ??= setTimeout(() => {
        longTimer = null
        if (waiting.size === 0) return
        for (const each of waiting) gathered.add(each)
        tellOfIndexing()
      }, longPause)
    },
    end: () => {
      ended = true
      if (timer !== null) clearTimeout(timer)
      if (longTimer !== null) clearTimeout(longTimer)
      timer = null
      longTimer = null
    },
  }
}
