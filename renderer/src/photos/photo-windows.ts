/**
 * The part of a long list that is in memory: pages fetched by offset, the nearest to what is on the screen
 * first, never more than `capacity` of them. A page that is no longer wanted before its turn is never asked for.
 */
export interface PhotoWindows<Item> {
  readonly at: (index: number) => Item | null
  /** What `at` gives there has come since the list last changed. */
  readonly isFresh: (index: number) => boolean
  /** Tells what is on the screen (`end` exclusive); asks for what is missing there. */
  readonly want: (first: number, end: number) => void
  /**
   * The list may have changed: what is known stays on the screen until its page has come anew.
   * @param first its first page, where that is known
   */
  readonly refresh: (first?: readonly Item[]) => void
  /** Another list, and its first page where that is known. */
  readonly clear: (first?: readonly Item[]) => void
  readonly pagesHeld: () => number
}

interface Page<Item> {
  readonly items: readonly Item[]
  stale: boolean
}

export interface PhotoWindowsOptions<Item> {
  /** `null` when it could not be had; it is asked for again when wanted anew. */
  readonly fetch: (offset: number, limit: number) => Promise<readonly Item[] | null>
  readonly onArrival: () => void
  readonly pageSize: number
  readonly capacity: number
  readonly parallel: number
}

/**
 * Keeps the pages of a long list that were wanted last: at most `capacity` of `pageSize` each, `parallel` asked for at
 * once.
 */
export function createPhotoWindows<Item>(options: PhotoWindowsOptions<Item>): PhotoWindows<Item> {
  const { pageSize, capacity, parallel } = options
  const pages = new Map<number, Page<Item>>()
  const asked = new Set<number>()
  let wanted: readonly number[] = []
  let generation = 0

  const evict = () => {
    const keep = new Set(wanted)
    for (const number of pages.keys()) {
      if (pages.size <= capacity) return
      if (!keep.has(number)) pages.delete(number)
    }
  }

  const load = async (number: number) => {
    const asking = generation
    asked.add(number)
    const items = await options.fetch(number * pageSize, pageSize)
    if (asking !== generation) return
    asked.delete(number)
    if (items !== null) {
      pages.delete(number)
      pages.set(number, { items, stale: false })
      evict()
      options.onArrival()
      pump()
    }
  }

  const begin = (first: readonly Item[] | undefined) => {
    if (first === undefined) return
    pages.delete(0)
    pages.set(0, { items: first, stale: false })
    evict()
  }

  const pump = () => {
    for (const number of wanted) {
      if (asked.size >= parallel) return
      const page = pages.get(number)
      if ((page === undefined || page.stale) && !asked.has(number)) void load(number)
    }
  }

  return {
    at: (index) => pages.get(Math.floor(index / pageSize))?.items[index % pageSize] ?? null,
    isFresh: (index) => pages.get(Math.floor(index / pageSize))?.stale === false,
    want: (first, end) => {
      const from = Math.floor(first / pageSize)
      const to = Math.floor(Math.max(first, end - 1) / pageSize)
      const middle = (first + end) / 2 / pageSize - 0.5
      const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at)
      wanted = numbers.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
      for (const number of wanted) {
        const page = pages.get(number)
        if (page === undefined) continue
        pages.delete(number)
        pages.set(number, page)
      }
      pump()
    },
    refresh: (first) => {
      generation++
      asked.clear()
      for (const page of pages.values()) page.stale = true
      begin(first)
      pump()
    },
    clear: (first) => {
      generation++
      asked.clear()
      pages.clear()
      wanted = []
      begin(first)
    },
    pagesHeld: () => pages.size,
  }
}
