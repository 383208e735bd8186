import type { EventName, EventPayload } from '../core/contract/contract.ts'

export type Emit = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
type Changed = EventPayload<'libraryChanged'>['what'][number]

/** Tells the shells what of the library changed, gathered so that a busy run does not flood them. */
export interface Changes {
  /** A person did it: told at once, so that the screen follows the hand. */
  readonly now: (...what: Changed[]) => void
  /** Indexing did it: told within `pause`. */
  readonly soon: (...what: Changed[]) => void
  readonly end: () => void
}

/** Milliseconds between two reports of indexing: each makes the wall ask anew. */
const pause = 1000

/** @param revision Reads the library's revision at the moment of telling. */
export function createChanges(emit: Emit, revision: () => number): Changes {
  const gathered = new Set<Changed>()
  let timer: NodeJS.Timeout | null = null
  const tell = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const what = [...gathered]
    gathered.clear()
    emit('libraryChanged', { revision: revision(), what })
  }
  return {
    now: (...what) => {
      for (const each of what) gathered.add(each)
      tell()
    },
    soon: (...what) => {
      for (const each of what) gathered.add(each)
      timer ??= setTimeout(tell, pause)
    },
    end: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
