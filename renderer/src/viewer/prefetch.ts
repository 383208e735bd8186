/** Pictures that are fetched before they are shown. */
export interface Prefetch {
  /** Fetches these in turn, and none that was wanted before and has not been asked for. */
  readonly begin: (sources: readonly string[]) => void
  readonly end: () => void
}

interface Fetched {
  readonly image: HTMLImageElement
  /** It has come, or cannot be had. */
  readonly settled: Promise<unknown>
}

/**
 * Fetches pictures one after the other: the service makes one at a time, so a picture that is shown meanwhile waits for no
 * more than one of them.
 */
export function createPrefetch(): Prefetch {
  let turn = 0
  /** They stay in memory as long as they are held. */
  const held = new Map<string, Fetched>()

  async function fetchAll(sources: readonly string[]): Promise<void> {
    const mine = ++turn
    for (const source of held.keys()) if (!sources.includes(source)) held.delete(source)
    for (const source of sources) {
      const fetched = held.get(source) ?? fetchOne(source)
      held.set(source, fetched)
      await fetched.settled
      if (mine !== turn) return
    }
  }

  return {
    begin: (sources) => void fetchAll(sources),
    end: () => {
      turn++
      for (const { image } of held.values()) image.src = ''
      held.clear()
    },
  }
}

function fetchOne(source: string): Fetched {
  const image = new Image()
  const settled = new Promise((resolve) => {
    image.addEventListener('load', resolve)
    image.addEventListener('error', resolve)
  })
  image.src = source
  return { image, settled }
}
