import * as v from 'valibot'
import { readSetting, writeSetting } from '../settings.ts'
import type { Library } from '../library.ts'
import { listRoots } from '../roots/roots.ts'

/** What the folders hold beside photos, as it was when each was last looked through as a whole. */

const key = 'other-files'
const counts = v.record(v.string(), v.number())
const kept = v.record(v.string(), v.object({ videos: counts, others: counts }))
type OtherFilesByRoot = v.InferOutput<typeof kept>

export interface OtherFileKind {
  readonly kind: 'video' | 'other'
  /** In small letters; `''`: files without one. */
  readonly ending: string
  readonly count: number
}

function readKept(library: Library): OtherFilesByRoot {
  const value = readSetting(library, key)
  return v.is(kept, value) ? value : {}
}

/**
 * Keeps what was counted in a root that was looked through as a whole.
 * @throws KartotekaError as `write`
 */
export function keepOtherFiles(library: Library, rootId: number, counted: OtherFilesByRoot[string]): void {
  const before = readKept(library)
  const next = { ...before, [rootId]: counted }
  if (JSON.stringify(before) !== JSON.stringify(next)) writeSetting(library, key, next)
}

/** Of all folders of the library together, videos first, within them the most frequent. */
export function otherFiles(library: Library): OtherFileKind[] {
  const all = readKept(library)
  const sums = { video: new Map<string, number>(), other: new Map<string, number>() }
  for (const { id } of listRoots(library)) {
    const { videos = {}, others = {} } = all[id] ?? {}
    addTo(sums.video, videos)
    addTo(sums.other, others)
  }
  return (['video', 'other'] as const).flatMap((kind) =>
    [...sums[kind]]
      .map(([ending, count]) => ({ kind, ending, count }))
      .sort((a, b) => b.count - a.count || (a.ending < b.ending ? -1 : 1)),
  )
}

function addTo(sums: Map<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [ending, count] of Object.entries(more)) sums.set(ending, (sums.get(ending) ?? 0) + count)
}
