import type { RandomSource } from './synthetic-tags.ts'

/** A day out with a folder of its own. */
export interface PhotoEvent {
  readonly name: string
  readonly year: number
  readonly photos: number
  /** Seconds, local wall time read as if UTC. */
  readonly startsAt: number
  /** Seconds between two photos. */
  readonly interval: number
  /** A number that chooses the camera. */
  readonly camera: number
  /** Set when the folder is made. */
  folderId: number
}

const firstDay = Date.UTC(2004, 0, 1) / 1000
const days = 7600
const secondsOfDay = 86_400
const words = [
  'Beach',
  'Garden',
  'Birthday',
  'Zoo',
  'Mountains',
  'Market',
  'Lake',
  'School',
  'Wedding',
  'Walk',
]

/** Enough days out, in order of time, to hold that many photos: 20 to 400 each. */
export function syntheticEvents(photos: number, random: RandomSource): PhotoEvent[] {
  const sizes: number[] = []
  for (let left = photos; left > 0; left -= sizes.at(-1) ?? 0) {
    sizes.push(Math.min(left, 20 + Math.floor(380 * random() ** 2)))
  }
  return sizes.map((size, index) => {
    const day = Math.floor((index / sizes.length) * days)
    const startsAt = firstDay + day * secondsOfDay + Math.floor((8 + random() * 6) * 3600)
    const date = new Date(startsAt * 1000).toISOString().slice(0, 10)
    return {
      name: `${date} ${words[Math.floor(random() * words.length)] ?? ''} ${index}`,
      year: Number(date.slice(0, 4)),
      photos: size,
      startsAt,
      interval: Math.min(120, (8 * 3600) / size),
      camera: Math.floor(random() * 1000),
      folderId: 0,
    }
  })
}
