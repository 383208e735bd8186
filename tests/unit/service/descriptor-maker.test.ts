import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import type { ModelFile } from '../../../electron/core/classify/model-files.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import {
  createDescriptorMaker,
  type DescriptorMakerOptions,
} from '../../../electron/service/descriptor-maker.ts'
import { standInModels } from '../../fixtures/session-stand-in.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

const version = `${standInModels.fp32.projection.sha256.slice(0, 16)}-1`

/** Photos with thumbnails, tagged by a Kartoteka that kept no descriptors. */
function olderLibrary(photos: number): Library {
  const library = tempLibrary()
  for (let n = 1; n <= photos; n += 1) {
    addPhoto(library, {
      path: `/photos/${n}.jpg`,
      reading: { contentHash: hashOf(n), thumbnail: Buffer.from(`picture ${n}`) },
    })
  }
  return library
}

interface Tried {
  readonly asked: string[]
  readonly lines: string[]
  readonly made: () => number[]
  readonly run: () => Promise<void>
}

/** A maker whose model sees nothing but how the thumbnail is called. */
function makerFor(library: Library, changes: Partial<DescriptorMakerOptions> = {}, failing = ''): Tried {
  const asked: string[] = []
  const lines: string[] = []
  const maker = createDescriptorMaker({
    library,
    thread: {
      ask: (_name, input) => {
        const { thumbnail } = input as { thumbnail: Uint8Array }
        const picture = Buffer.from(thumbnail).toString()
        asked.push(picture)
        if (picture === failing) return Promise.reject(new Error('no picture'))
        return Promise.resolve({ version, bytes: new Uint8Array(280).fill(picture.length) } as never)
      },
    },
    model: () => Promise.resolve<ModelFile | null>(standInModels.fp32),
    onKept: () => {},
    isFree: () => true,
    log: (line) => lines.push(line),
    ...changes,
  })
  return {
    asked,
    lines,
    made: () => {
      const reader = openFeatureReader(library.folder)
      const { photos, count } = reader.loadFeatures()
      reader.close()
      return [...photos.subarray(0, count)].toSorted((one, other) => one - other)
    },
    run: async () => {
      maker.makeIfFree()
      await maker.settled()
    },
  }
}

describe('descriptors of photos that an older Kartoteka indexed', () => {
  it('are made from their thumbnails, once', async () => {
    const { asked, made, run } = makerFor(olderLibrary(3))
    await run()
    expect(made()).toEqual([1, 2, 3])
    await run()
    expect(asked).toEqual(['picture 1', 'picture 2', 'picture 3'])
  })

  it('give others a turn again and again, also where there is no thumbnail to look at', async () => {
    const library = olderLibrary(60)
    for (let n = 1; n <= 60; n += 1) library.thumbnails.remove([hashOf(n)])
    let now = 0
    // Each look at the clock finds it a millisecond later.
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1))
    let turns = 0
    const others = setInterval(() => (turns += 1), 1)
    onTestFinished(() => {
      vi.restoreAllMocks()
      clearInterval(others)
    })
    const { asked, run } = makerFor(library)
    await run()
    expect(asked).toEqual([])
    expect(turns).toBeGreaterThanOrEqual(9)
  })

  it('wait while something is indexed, and go on from where they were', async () => {
    const library = olderLibrary(5)
    let left = 2
    const first = makerFor(library, { isFree: () => left > 0 })
    // Asked before each photo, and when the library is looked through.
    first.asked.push = (...pictures) => {
      left -= 1
      return Array.prototype.push.apply(first.asked, pictures)
    }
    await first.run()
    expect(first.made()).toEqual([1, 2])
    const second = makerFor(library)
    await second.run()
    expect(second.asked).toEqual(['picture 3', 'picture 4', 'picture 5'])
    expect(second.made()).toEqual([1, 2, 3, 4, 5])
  })

  it('of a picture that cannot be looked at are left out and named, and not tried again', async () => {
    const { asked, lines, made, run } = makerFor(olderLibrary(3), {}, 'picture 2')
    await run()
    await run()
    expect(made()).toEqual([1, 3])
    expect(asked.filter((picture) => picture === 'picture 2').length).toBe(1)
    expect(lines).toEqual(['What photo 2 looks like: no picture'])
  })

  it('are not made without a model', async () => {
    const { asked, run } = makerFor(olderLibrary(1), { model: () => Promise.resolve(null) })
    await run()
    expect(asked).toEqual([])
  })
})
