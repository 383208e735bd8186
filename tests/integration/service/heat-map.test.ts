import { describe, expect, it, onTestFinished } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { findModels, type ModelFile } from '../../../electron/core/classify/model-files.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import type { ModelCalls } from '../../../electron/core/media/model-protocol.ts'
import { createCallingThread } from '../../../electron/service/calling-thread.ts'
import type { Context } from '../../../electron/service/context.ts'
import { photoHandlers } from '../../../electron/service/handlers/photos.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { photoPath } from '../../fixtures/photos.ts'
import { standInModels } from '../../fixtures/session-stand-in.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

type Asked = ModelCalls['heatMap']['input']

/** The handler of a library with one photo, whose thumbnail is kept and whose file is away. */
function handler(model: ModelFile | null = standInModels.int8) {
  const library = tempLibrary()
  const id = addPhoto(library, { path: '/photos/gone.jpg', reading: { orientation: 6 } })
  const asked: Asked[] = []
  const context = {
    library,
    lexicon: loadLexicon(),
    model: {
      files: () => Promise.resolve({ ok: true, value: standInModels }),
      onCpu: () => Promise.resolve(model),
    },
    modelThread: {
      ask: (_name: string, input: Asked) => {
        asked.push(input)
        return Promise.resolve(Array.from({ length: 49 }, () => 0.5))
      },
    },
    viewing: { ask: () => Promise.reject(new Error('The file is no longer there.')) },
  }
  const { getHeatMap } = photoHandlers(context as unknown as Context)
  return { library, asked, ask: async () => getHeatMap({ id, term: 'class:340' }) }
}

describe('where a thing was seen', () => {
  it('is told by the thumbnail, also while the disk of the photo is away', async () => {
    const { library, asked, ask } = handler()
    library.thumbnails.put([{ contentHash: hashOf(1), jpeg: Buffer.from('a picture') }])
    expect(await ask()).toMatchObject({ term: 'class:340', size: 7 })
    expect(asked).toMatchObject([{ version: `${hashOf(1).slice(0, 16)}t6`, turn: 0, classes: [340] }])
    expect(Buffer.from(asked[0]?.thumbnail ?? []).toString()).toBe('a picture')
  })

  it('is asked for as the person turned the photo', async () => {
    const { library, asked, ask } = handler()
    library.thumbnails.put([{ contentHash: hashOf(1), jpeg: Buffer.from('a picture') }])
    say(library, [1], { field: 'turn', value: 90 })
    await ask()
    expect(asked).toMatchObject([{ version: `${hashOf(1).slice(0, 16)}t3`, turn: 90 }])
  })

  it.each([
    ['the model that gives the tags on this processor', standInModels.int8, standInModels.int8],
    ['the exact model where none was chosen for it', null, standInModels.fp32],
  ] as const)('is found by %s', async (_, chosen, model) => {
    const { library, asked, ask } = handler(chosen)
    library.thumbnails.put([{ contentHash: hashOf(1), jpeg: Buffer.from('a picture') }])
    await ask()
    expect(asked[0]?.model).toBe(model)
  })

  it('of a photo without a thumbnail whose file is away is refused, by its path', async () => {
    const { library, asked, ask } = handler()
    library.thumbnails.remove([hashOf(1)])
    await expect(ask()).rejects.toMatchObject({
      code: 'offline',
      message: '/photos/gone.jpg cannot be read at the moment.',
    })
    expect(asked).toEqual([])
  })

  it('is shown again as soon as the model that could not be loaded is there', async () => {
    const found = await findModels()
    const read = await readPhoto(photoPath('n02391049_zebra.JPEG'), standardLimits)
    if (!found.ok || !read.ok) throw new Error('There is no model or no photo to test with')
    const thread = createCallingThread<ModelCalls>({ entry: threadEntries.model, died: 'The thread died.' })
    onTestFinished(() => thread.stop())
    const { fp32 } = found.value
    const input = {
      version: 'a',
      thumbnail: read.reading.thumbnail,
      turn: 0,
      classes: [340],
      models: found.value,
    } as const
    await expect(
      thread.ask('heatMap', { ...input, model: { ...fp32, path: '/nowhere.onnx' } }),
    ).rejects.toThrow('/nowhere.onnx')
    expect(await thread.ask('heatMap', { ...input, model: fp32 })).toHaveLength(49)
  })
})
