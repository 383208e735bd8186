import { refreshFindings } from '../photos/index-entries.ts'
import { pause, write, type Library } from '../library.ts'
import { readSetting, writeSetting } from '../settings.ts'

/**
 * The search index of photos that people decided about. It follows from the decisions, so for many photos it may follow
 * them in steps, between which others are answered: what was decided is kept as a whole before.
 */

/** Photos of one step: some thirty milliseconds at most. */
const atOnce = 300
/** Library setting: ids of the photos that were decided about and cannot all be found by it yet. */
const key = 'decisions.lateFindings'

const leaving = new WeakSet<Library>()

/** Runs `work`; when it decides about many photos, their search index is left to `catchUpFindings`. */
export function leavingFindings<Value>(library: Library, work: () => Value): Value {
  leaving.add(library)
  try {
    return work()
  } finally {
    leaving.delete(library)
  }
}

/** For photos about which something was decided. Part of the caller's transaction. */
export function refreshDecided(library: Library, photoIds: ReadonlySet<number>): void {
  if (photoIds.size <= atOnce || !leaving.has(library)) refreshFindings(library, photoIds)
  else {
    const { ids, version } = late(library)
    writeSetting(library, key, { ids: [...new Set([...ids, ...photoIds])], version: version + 1 })
  }
}

/**
 * Makes photos findable by what was decided about them, in steps; what a crash or a full disk left is done by the next
 * call.
 * @param signal aborted: no further step is taken
 * @throws KartotekaError as `write`
 */
export async function catchUpFindings(
  library: Library,
  breathe: () => Promise<void> = pause,
  signal?: AbortSignal,
): Promise<void> {
  for (const step of steps(library)) {
    write(library, step)
    await breathe()
    if (!library.db.open || signal?.aborted === true) return
  }
}

/** The same at once, for when the library is opened: nobody finds what was decided only in part. */
export function catchUpFindingsNow(library: Library): void {
  for (const step of steps(library)) write(library, step)
}

function* steps(library: Library): Generator<() => void, void> {
  for (let { ids, version } = late(library); ids.length > 0; { ids, version } = late(library)) {
    for (let at = 0; at < ids.length; at += atOnce) {
      const some = ids.slice(at, at + atOnce)
      yield () => {
        refreshFindings(library, some)
      }
    }
    const taken = version
    yield () => {
      // Something may have been decided meanwhile, about the same photos or others: then all of them come once more.
      if (late(library).version === taken) writeSetting(library, key, null)
    }
  }
}

interface Late {
  readonly ids: readonly number[]
  /** Grows whenever something is decided. */
  readonly version: number
}

function late(library: Library): Late {
  const kept = readSetting(library, key) as Partial<Late> | null | undefined
  return { ids: kept?.ids ?? [], version: kept?.version ?? 0 }
}
