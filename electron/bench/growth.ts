import { loadLexicon } from '../core/labels/lexicon.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import { prepareMasses, type MassesOf } from '../core/labels/masses.ts'
import { storeAnswers, type Answer } from '../core/indexing/writer.ts'
import type { PhotoOutcome } from '../core/indexing/worker-protocol.ts'
import { ensureFolder } from '../core/library/folders.ts'
import type { Library } from '../core/library/library.ts'
import { closeLibrary, openLibrary } from '../core/library/open.ts'
import { addFiles } from '../core/library/photos.ts'
import { takePending } from '../core/library/queue.ts'
import { addRoot } from '../core/library/roots.ts'
import { rounded } from './measure.ts'
import { classPicker, randomSource, tagsLike, type RandomSource } from './plausible-tags.ts'
import { inScratch } from './scratch.ts'

/** What the library costs for one photo (queue, facts, tags, search index, thumbnail) as one folder grows. */
export interface Growth {
  readonly steps: readonly {
    /** Photos in the library. */
    readonly photos: number
    /** Milliseconds on the clock for each of the last photos. */
    readonly ms: number
    /** Milliseconds of processor time for each of them. */
    readonly cpuMs: number
  }[]
  /** At the last step against at the first, by processor time, which other programs disturb least. */
  readonly ratio: number
}

/** Photos stored in one transaction: what two workers do in a second. */
const batch = 120
/** Photos taken from the queue at once: what a worker has room for. */
const taken = 2
/** Photos that a figure is the mean of. */
const span = 3000
/** Photos that run first in another library, so that the first figure is not that of cold code. */
const warmUp = 1000
const model = { name: 'made up', precision: 'int8', sha256: 'f'.repeat(64) } as const

/**
 * Brings made-up results into the library the way indexing does, without files, decoding or a model.
 * What grows is the number of pages a photo touches: its ten findings lie anywhere in the index by score, which has 50
 * pages at 1000 photos and 5000 at 100,000. With the model it is a thirtieth of what a photo takes.
 * @param sizes numbers of photos at which to measure, ascending
 */
export async function growth(sizes: readonly number[], log: (line: string) => void): Promise<Growth> {
  await inScratch((folder) => Promise.resolve(grow(folder, [warmUp], () => {})))
  return inScratch((folder) => {
    const steps = grow(folder, sizes, log)
    const ratio = (steps.at(-1)?.cpuMs ?? Number.NaN) / (steps[0]?.cpuMs ?? Number.NaN)
    return Promise.resolve({ steps, ratio: rounded(ratio, 2) })
  })
}

function grow(
  folder: string,
  sizes: readonly number[],
  log: (line: string) => void,
): Growth['steps'][number][] {
  const lexicon = loadLexicon()
  const results = madeResults(prepareMasses(lexicon.categories))
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: ancestorsIn(lexicon) })
  const steps: Growth['steps'][number][] = []
  try {
    const folderId = ensureFolder(library, addRoot(library, '/photos').id, '/photos/all')
    let photos = 0
    for (const size of sizes) {
      // A few more than asked for: the first size is smaller than what a mean needs.
      const from = Math.max(photos, size - span / 2)
      const to = from + span
      addNames(library, folderId, photos, to)
      photos += index(library, from - photos, results).photos
      const { ms, cpuMs, photos: measured } = index(library, to - photos, results)
      photos += measured
      steps.push({ photos: size, ms: rounded(ms / measured, 3), cpuMs: rounded(cpuMs / measured, 3) })
      log(`${size} photos: ${steps.at(-1)?.ms} ms for each`)
    }
    return steps
  } finally {
    closeLibrary(library)
  }
}

function addNames(library: Library, folderId: number, from: number, to: number): void {
  for (let first = from; first < to; first += 200) {
    const names = Array.from({ length: Math.min(200, to - first) }, (_, at) => first + at)
    addFiles(
      library,
      folderId,
      names.map((number) => ({
        name: `IMG_${String(number).padStart(6, '0')}.jpg`,
        size: 1_000_000 + number,
        mtime: 0,
        ctime: 0,
      })),
    )
  }
}

/** Takes `count` photos through queue and writer; the time is that of the library alone. */
function index(
  library: Library,
  count: number,
  resultOf: () => PhotoOutcome,
): { photos: number; ms: number; cpuMs: number } {
  let ms = 0
  let cpuMs = 0
  let photos = 0
  while (photos < count) {
    const prepared = Array.from({ length: Math.min(batch, count - photos) }, resultOf)
    const cpu = process.cpuUsage()
    const start = performance.now()
    const answers: Answer[] = []
    while (answers.length < prepared.length) {
      const room = Math.min(taken, prepared.length - answers.length)
      for (const { photoId } of takePending(library, room)) {
        const outcome = prepared[answers.length]
        if (outcome !== undefined) answers.push({ photoId, before: null, outcome })
      }
    }
    storeAnswers(library, answers, model, () => {})
    ms += performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    cpuMs += (user + system) / 1000
    photos += answers.length
  }
  return { photos, ms, cpuMs }
}

/** Results as photos of many years would give, one day after the other. */
function madeResults(massesOf: MassesOf): () => PhotoOutcome {
  const random = randomSource(3)
  const pickClass = classPicker(random)
  const pixels = noise(24_000, random)
  let made = 0
  return () => {
    made += 1
    const tags = tagsLike(pickClass, random)
    const probabilities = new Float32Array(1000)
    for (const { classIndex, probability } of tags) probabilities[classIndex] = probability
    return {
      kind: 'read',
      reading: {
        format: 'jpeg',
        contentHash: noise(16, random).toString('hex'),
        bytes: 1_000_000,
        width: 4000,
        height: 3000,
        orientation: 1,
        thumbnail: pixels.subarray(Math.floor(random() * pixels.length * 0.5)),
        damaged: null,
        metadata: {
          takenAt: new Date(Date.UTC(2010, 0, 1 + Math.floor(made / 30), 9, made % 30))
            .toISOString()
            .slice(0, 19),
          takenOffset: null,
          takenFrom: 'exif',
          position: null,
          camera: 'Canon EOS 5D',
          lens: null,
          exposure: { time: 0.01, fNumber: 4, iso: 100, focalLength: 50 },
          keywords: [],
          rating: null,
        },
      },
      tagging: { tags: tags.map((tag, at) => ({ ...tag, rank: at + 1 })), masses: massesOf(probabilities) },
    }
  }
}

function noise(length: number, random: RandomSource): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; at++) bytes[at] = Math.floor(random() * 256)
  return bytes
}
