import type { Keys } from './evaluate.ts'

/** Lists that keep their order at a time; two bytes for each photo of the library, each. */
const mostKept = 4

/**
 * What the photos of one list were first put in order by. While the list stands a photo keeps it, whatever is decided on it
 * meanwhile: it stays where it is, also after it has left the list and come back by undo. What is new comes where it belongs.
 */
export interface StandingOrder {
  /** Puts the key in, with which each photo was first seen, in the place of the one that it has now. */
  readonly settle: (ids: Int32Array, keys: Keys) => void
}

/** The orders of the lists that were last asked for, by name. */
export function createStandingOrders(): (list: string) => StandingOrder {
  // A Map keeps its order: the least recently used comes first.
  const kept = new Map<string, StandingOrder>()
  return (list) => {
    const order = kept.get(list) ?? createStandingOrder()
    kept.delete(list)
    kept.set(list, order)
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return order
  }
}

function createStandingOrder(): StandingOrder {
  /** By id one more than the key, as 0 is a photo that was not seen yet. Keys are below 65,535, see `evaluate.ts`. */
  let keysById = new Uint16Array(0)
  return {
    settle: (ids, keys) => {
      let highest = -1
      for (const id of ids) if (id > highest) highest = id
      if (highest >= keysById.length) {
        const wider = new Uint16Array(highest + 1)
        wider.set(keysById)
        keysById = wider
      }
      for (let at = 0; at < ids.length; at += 1) {
        const id = ids[at] ?? 0
        const first = keysById[id] ?? 0
        if (first === 0) keysById[id] = (keys[at] ?? 0) + 1
        else keys[at] = first - 1
      }
    },
  }
}
