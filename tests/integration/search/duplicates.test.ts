import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { closeSimilar } from '../../../electron/core/alike/similar.ts'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { sayDistinct } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { keepOne } from '../../../electron/core/library/decisions/keep-one.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { pictureOfSql } from '../../../electron/core/alike/small-pictures.ts'
import { comparedPhotosSql, findDuplicates } from '../../../electron/core/search/duplicates.ts'
import { comparePhotos } from '../../fixtures/compare.ts'
import { addPhoto, hashOf, planOf, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

/** What a picture looks like; those of one number are alike, however they were changed. */
function lookOf(picture: number, change = 0): Uint8Array {
  const random = randomSource(picture * 7 + 1)
  const bytes = new Uint8Array(descriptorBytes)
  const features = new Int8Array(bytes.buffer, 0, components)
  for (let at = 0; at < components; at += 1) features[at] = Math.round((random() - 0.5) * 120)
  for (let at = components; at < descriptorBytes; at += 1) bytes[at] = Math.floor(random() * 256)
  features[change] = (features[change] ?? 0) + change
  return bytes
}

/** Features that are a little farther from the others than those of one picture are known to be. */
const nudged =
  (by: number) =>
  (value: number, at: number): number =>
    at < components && at % 2 === 0 ? (value + by * 15) & 0xff : value

/** Waves of many lengths, as RGB. */
function syntheticScene(side: number): Uint8Array {
  const random = randomSource(5)
  const waves = Array.from({ length: 24 }, (_, at) => {
    const [length, angle] = [2 + at, random() * 2 * Math.PI]
    return [Math.cos(angle) * length, Math.sin(angle) * length, random() * 6, 60 / (2 + at / 3)] as const
  })
  return Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3)
    const [x, y] = [((pixel % side) / side) * 2 - 1, (Math.floor(pixel / side) / side) * 2 - 1]
    const light = waves.reduce(
      (sum, [a, b, phase, size]) => sum + size * Math.sin(a * x + b * y + phase),
      128,
    )
    return Math.max(0, Math.min(255, light))
  })
}

interface Given {
  readonly picture: number
  readonly change?: number
  readonly width?: number
  readonly takenAt?: string
}

function libraryOf(photos: Readonly<Record<string, Given>>): {
  library: Library
  ids: ReadonlyMap<string, number>
} {
  const library = tempLibrary()
  onTestFinished(() => {
    closeSimilar(library)
  })
  const ids = new Map<string, number>()
  for (const [at, [name, given]] of Object.entries(photos).entries()) {
    const { picture, change = 0, width = 400, takenAt } = given
    const descriptor = { version: 'a', bytes: lookOf(picture, change) }
    const id = addPhoto(library, {
      path: `/photos/${name}.jpg`,
      size: width * 10,
      reading: {
        contentHash: hashOf(at + 1),
        width,
        height: (width * 3) / 4,
        metadata: takenAt === undefined ? {} : { takenAt },
      },
      tagging: { ...taggingOf(), descriptor },
    })
    ids.set(name, id)
  }
  return { library, ids }
}

async function groupsIn(library: Library, limit = 100): Promise<(readonly [string, ...string[]])[]> {
  await comparePhotos(library)
  const { groups } = findDuplicates(library, lexicon, 'en', limit)
  return groups.map(({ kind, photos }) => [
    kind,
    ...photos.map(({ photo }) => photo.name.replace('.jpg', '')),
  ])
}

const some = {
  large: { picture: 1, width: 4000 },
  small: { picture: 1, change: 3, width: 1000 },
  other: { picture: 2 },
  first: { picture: 3, takenAt: '2019-05-01T12:00:00', width: 800 },
  second: { picture: 3, change: 5, takenAt: '2019-05-01T12:00:02', width: 800 },
} as const

describe('photos of one picture in a library', () => {
  it('come in groups with what tells them apart, bursts as such', async () => {
    const { library } = libraryOf(some)
    expect(findDuplicates(library, lexicon, 'en', 100)).toEqual({ total: 0, groups: [], left: 5 })
    await comparePhotos(library)
    const { total, groups, left } = findDuplicates(library, lexicon, 'en', 100)
    expect([total, left]).toEqual([2, 0])
    expect(groups).toMatchObject([
      {
        kind: 'burst',
        reason: 'first',
        photos: [{ photo: { name: 'first.jpg' } }, { photo: { name: 'second.jpg' } }],
      },
      {
        kind: 'same',
        reason: 'pixels',
        photos: [
          { photo: { name: 'large.jpg', width: 4000 }, format: 'jpeg', bytes: 40_000, changes: [] },
          { photo: { name: 'small.jpg', width: 1000 }, bytes: 10_000, changes: ['smaller'] },
        ],
      },
    ])
  })

  it('are told as many as are asked for, and how many there are', async () => {
    const { library } = libraryOf(some)
    await comparePhotos(library)
    const { total, groups } = findDuplicates(library, lexicon, 'en', 1)
    expect([total, groups.length]).toEqual([2, 1])
  })

  it('are no group any more once one is kept, and are again when that is undone', async () => {
    const { library, ids } = libraryOf(some)
    keepOne(library, ids.get('large') ?? 0, [ids.get('small') ?? 0])
    expect(await groupsIn(library)).toEqual([['burst', 'first', 'second']])
    undo(library)
    expect(await groupsIn(library)).toEqual([
      ['burst', 'first', 'second'],
      ['same', 'large', 'small'],
    ])
  })

  it('are none where a person said that they are not, for ever', async () => {
    const { library, ids } = libraryOf(some)
    sayDistinct(library, [ids.get('large') ?? 0, ids.get('small') ?? 0])
    expect(await groupsIn(library)).toEqual([['burst', 'first', 'second']])
  })

  it('are found among photos that came since', async () => {
    const { library } = libraryOf(some)
    await groupsIn(library)
    addPhoto(library, {
      path: '/photos/new.jpg',
      reading: { contentHash: hashOf(90), width: 200, height: 150 },
      tagging: { ...taggingOf(), descriptor: { version: 'a', bytes: lookOf(2, 9) } },
    })
    expect(await groupsIn(library)).toContainEqual(['same', 'other', 'new'])
  })

  it('are told by their pictures where their descriptors do not tell', async () => {
    // Of a scene its middle, as large as the scene itself.
    const scene = syntheticScene(320)
    const asThumbnail = (cut: number): Promise<Buffer> =>
      sharp(scene, { raw: { width: 320, height: 320, channels: 3 } })
        .extract({ left: cut, top: cut, width: 320 - 2 * cut, height: 320 - 2 * cut })
        .jpeg({ quality: 90 })
        .toBuffer()
    const library = tempLibrary()
    onTestFinished(() => {
      closeSimilar(library)
    })
    // Their hashes have nothing in common: only that both look like picture 1 says that it is worth a look.
    for (const [at, cut] of [0, 24].entries()) {
      const bytes = lookOf(1)
      if (at === 1) bytes.set(lookOf(2).subarray(components), components)
      addPhoto(library, {
        path: `/photos/${at}.jpg`,
        reading: { contentHash: hashOf(at + 1), thumbnail: await asThumbnail(cut) },
        tagging: { ...taggingOf(), descriptor: { version: 'a', bytes: bytes.map(nudged(at)) } },
      })
    }
    expect(await groupsIn(library)).toEqual([['same', '0', '1']])
  })

  it('are looked up by their ids', () => {
    expect(planOf(tempLibrary(), comparedPhotosSql)).not.toMatch(/SCAN (p|file)\b/)
    expect(planOf(tempLibrary(), pictureOfSql)).not.toMatch(/SCAN/)
  })
})
