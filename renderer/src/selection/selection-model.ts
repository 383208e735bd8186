/** The photo from which Shift extends, and the place where it stood then. */
export interface Anchor {
  readonly index: number
  readonly id: number
}

/** Which photos are selected, by id, so that a selection survives photos coming and going around it. */
export interface SelectionModel {
  readonly ids: ReadonlySet<number>
  readonly anchor: Anchor | null
  readonly only: (index: number, id: number) => void
  readonly toggle: (index: number, id: number) => void
  /** Shift: everything between the anchor and `index`; `ids` are the photos of that range. */
  readonly extend: (ids: readonly number[]) => void
  readonly add: (ids: readonly number[]) => void
  /**
   * What a box drawn over the wall takes, in the place of what it took before: `base` is what was selected when it
   * was begun. The box replaces it, adds to it, or lets its photos change sides.
   */
  readonly take: (base: ReadonlySet<number>, ids: readonly number[], how: Taking) => void
  /** Selects as it was once. */
  readonly restore: (ids: Iterable<number>, anchor: Anchor | null) => void
  readonly clear: () => void
  readonly forget: (ids: readonly number[]) => void
}

export type Taking = 'replace' | 'add' | 'toggle'

/** Nothing is selected at first, and there is no anchor. */
export function createSelection(): SelectionModel {
  const ids = new Set<number>()
  let anchor: Anchor | null = null
  /** What the last Shift selected: the next one from the same anchor replaces it. */
  let range: readonly number[] = []
  return {
    ids,
    get anchor() {
      return anchor
    },
    only: (index, id) => {
      ids.clear()
      ids.add(id)
      anchor = { index, id }
      range = []
    },
    toggle: (index, id) => {
      if (!ids.delete(id)) ids.add(id)
      anchor = { index, id }
      range = []
    },
    extend: (next) => {
      for (const id of range) ids.delete(id)
      for (const id of next) ids.add(id)
      range = next
    },
    add: (more) => {
      for (const id of more) ids.add(id)
      range = []
    },
    take: (base, next, how) => {
      ids.clear()
      if (how !== 'replace') for (const id of base) ids.add(id)
      for (const id of next) if (!(how === 'toggle' && ids.delete(id))) ids.add(id)
      range = []
    },
    restore: (before, from) => {
      // It may be given its own ids.
      const wanted = [...before]
      ids.clear()
      for (const id of wanted) ids.add(id)
      anchor = from
      range = []
    },
    clear: () => {
      ids.clear()
      anchor = null
      range = []
    },
    forget: (gone) => {
      for (const id of gone) {
        ids.delete(id)
        if (anchor?.id === id) anchor = null
      }
    },
  }
}
