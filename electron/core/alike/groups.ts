import type { LikePair } from '../library/photos/like-pairs.ts'

/** What is compared of photos of one picture. */
export interface ComparedPhoto {
  readonly id: number
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Of its largest file. */
  readonly bytes: number
  readonly format: string
  /** Seconds, local time; `null` where it is not known to the second from the camera. */
  readonly takenAt: number | null
  /** Stars, or more of the kind: a favourite counts as one more. */
  readonly liked: number
}

/** What was done to a photo, as far as that can be told from outside; `edited` where it cannot. */
export type PictureChange = 'smaller' | 'cropped' | 'compressed' | 'format' | 'mirrored' | 'edited'

/** Why a photo is proposed to be kept. */
export type KeepReason = 'liked' | 'pixels' | 'bytes' | 'first'

export interface PictureGroup {
  /** `same`: one picture in several photos; `burst`: several pictures, taken one after the other. */
  readonly kind: 'same' | 'burst'
  /** The one that is proposed to be kept, first among the photos. */
  readonly keeper: number
  readonly reason: KeepReason
  readonly photos: readonly { readonly id: number; readonly changes: readonly PictureChange[] }[]
}

/** Seconds between two photos of a burst, at most. */
const burstGap = 120

/** Sides of a picture that differ by no more than this share were rounded. */
const rounding = 0.015
/** A file with fewer of the bytes at the same size was compressed more. */
const compressed = 0.85

/**
 * Groups of photos that are one picture, and of bursts. In each group of one picture every photo is like the one to be kept: likeness is not
 * handed on from photo to photo, which would bring together what has nothing in common. The one kept is the largest, then that with the most
 * bytes, then the first. Photos taken seconds apart are no copies of each other but a burst; there stars come first, then bytes, as sharper pictures take more.
 * @param pairs only of photos in `photos`; those that a person said are distinct left out
 */
export function groupPictures(
  photos: ReadonlyMap<number, ComparedPhoto>,
  pairs: readonly LikePair[],
): PictureGroup[] {
  const isBurst = ({ one, other }: LikePair): boolean => {
    const gap = gapOf(photos.get(one), photos.get(other))
    return gap !== null && gap > 0 && gap <= burstGap
  }
  const same = sameGroups(
    photos,
    pairs.filter((pair) => !isBurst(pair)),
  )
  const behind = new Set(
    same.flatMap(({ keeper, photos: all }) => all.map(({ id }) => id).filter((id) => id !== keeper)),
  )
  const ofBursts = pairs.filter((pair) => isBurst(pair) && !behind.has(pair.one) && !behind.has(pair.other))
  return [...same, ...burstGroups(photos, ofBursts)]
}

/** Seconds; `null` where not both are known. */
function gapOf(one: ComparedPhoto | undefined, other: ComparedPhoto | undefined): number | null {
  if (one === undefined || other === undefined || one.takenAt === null || other.takenAt === null) return null
  return Math.abs(one.takenAt - other.takenAt)
}

function sameGroups(photos: ReadonlyMap<number, ComparedPhoto>, pairs: readonly LikePair[]): PictureGroup[] {
  const like = new Map<number, Map<number, boolean>>()
  const note = (id: number, other: number, mirrored: boolean): void => {
    like.set(id, (like.get(id) ?? new Map<number, boolean>()).set(other, mirrored))
  }
  for (const { one, other, mirrored } of pairs) {
    note(one, other, mirrored)
    note(other, one, mirrored)
  }
  const best = [...like.keys()].flatMap((id) => photos.get(id) ?? []).toSorted(byQuality)
  const taken = new Set<number>()
  const groups: PictureGroup[] = []
  for (const keeper of best) {
    if (taken.has(keeper.id)) continue
    const others = [...(like.get(keeper.id) ?? [])]
      .filter(([id]) => !taken.has(id))
      .flatMap(([id, mirrored]) => {
        const photo = photos.get(id)
        return photo === undefined ? [] : [{ photo, mirrored }]
      })
      .toSorted((one, other) => byQuality(one.photo, other.photo))
    if (others.length === 0) continue
    for (const { photo } of others) taken.add(photo.id)
    taken.add(keeper.id)
    groups.push({
      kind: 'same',
      keeper: keeper.id,
      reason: reasonOver(
        keeper,
        others.map(({ photo }) => photo),
      ),
      photos: [
        { id: keeper.id, changes: [] },
        ...others.map(({ photo, mirrored }) => ({
          id: photo.id,
          changes: changesOf(keeper, photo, mirrored),
        })),
      ],
    })
  }
  return groups
}

function burstGroups(photos: ReadonlyMap<number, ComparedPhoto>, pairs: readonly LikePair[]): PictureGroup[] {
  const first = new Map<number, number>()
  const firstOf = (id: number): number => {
    let at = id
    for (let next = first.get(at); next !== undefined; next = first.get(at)) at = next
    return at
  }
  for (const { one, other } of pairs) {
    const [a, b] = [firstOf(one), firstOf(other)]
    if (a !== b) first.set(Math.max(a, b), Math.min(a, b))
  }
  const members = new Map<number, ComparedPhoto[]>()
  for (const id of new Set(pairs.flatMap(({ one, other }) => [one, other]))) {
    const photo = photos.get(id)
    if (photo !== undefined) members.set(firstOf(id), [...(members.get(firstOf(id)) ?? []), photo])
  }
  return [...members.values()].flatMap((burst): PictureGroup[] => {
    const [keeper, ...others] = burst.toSorted(
      (one, other) => other.liked - one.liked || other.bytes - one.bytes || one.id - other.id,
    )
    if (keeper === undefined || others.length === 0) return []
    const liked = others.every((other) => other.liked < keeper.liked)
    const inTime = others.toSorted(
      (one, other) => (one.takenAt ?? 0) - (other.takenAt ?? 0) || one.id - other.id,
    )
    return [
      {
        kind: 'burst',
        keeper: keeper.id,
        reason: liked ? 'liked' : others.every(({ bytes }) => bytes < keeper.bytes) ? 'bytes' : 'first',
        photos: [keeper, ...inTime].map(({ id }) => ({ id, changes: [] })),
      },
    ]
  })
}

const pixels = ({ width, height }: ComparedPhoto): number => width * height

/** The best first. */
function byQuality(one: ComparedPhoto, other: ComparedPhoto): number {
  return pixels(other) - pixels(one) || other.bytes - one.bytes || one.id - other.id
}

function reasonOver(keeper: ComparedPhoto, others: readonly ComparedPhoto[]): KeepReason {
  if (others.every((other) => pixels(other) < pixels(keeper))) return 'pixels'
  return others.every((other) => pixels(other) < pixels(keeper) || other.bytes < keeper.bytes)
    ? 'bytes'
    : 'first'
}

function changesOf(kept: ComparedPhoto, photo: ComparedPhoto, mirrored: boolean): PictureChange[] {
  const changes: PictureChange[] = []
  if (mirrored) changes.push('mirrored')
  const [wide, high] = [photo.width / kept.width, photo.height / kept.height]
  if (Math.abs(wide / high - 1) > rounding) changes.push('cropped')
  else if (pixels(photo) < pixels(kept)) changes.push('smaller')
  else if (photo.format === kept.format && photo.bytes < kept.bytes * compressed) changes.push('compressed')
  if (photo.format !== kept.format) changes.push('format')
  return changes.length === 0 ? ['edited'] : changes
}
