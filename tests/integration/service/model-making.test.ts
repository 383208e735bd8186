import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ChosenModel } from '../../../electron/core/classify/choice.ts'
import type { ModelFiles } from '../../../electron/core/classify/model-files.ts'
import type { ModelState } from '../../../electron/core/contract/states.ts'
import { createModelProvider, type ModelProvider } from '../../../electron/service/model-provider.ts'
import { readSettings } from '../../../electron/service/settings-store.ts'
import { modelsFolder } from '../../fixtures/synthetic.ts'
import { seededSource } from '../../fixtures/network.ts'
import { scratch, testLibrary } from '../indexing/index-photos.ts'

const [weights] = seededSource(modelsFolder).weights
const seededMaker = fileURLToPath(new URL('../../fixtures/seeded-maker.ts', import.meta.url))

/** A provider where the model is missing, and every state it tells. */
function modelsWithout(maker: string | null): {
  provider: ModelProvider
  models: string
  states: ModelState[]
} {
  const models = scratch()
  const gone = { file: 'gone.onnx', bytes: 1, sha256: '00' }
  writeFileSync(
    join(models, 'models.json'),
    JSON.stringify({
      models: [{ ...gone, name: 'GoogLeNet', precision: 'fp32' }],
      classifier: gone,
      projection: gone,
    }),
  )
  vi.stubEnv('KARTOTEKA_MODELS', models)
  const states: ModelState[] = []
  const provider = createModelProvider({
    thread: {
      // Trying out is not what is tested: the exact model does.
      ask: (_name, input) => {
        const { fp32 } = (input as { models: ModelFiles }).models
        const chosen: Pick<ChosenModel, 'trials'> & { choice: unknown } = {
          choice: { provider: 'cpu', model: fp32 },
          trials: [],
        }
        return Promise.resolve(chosen as never)
      },
    },
    settings: () => readSettings(testLibrary()),
    maker,
    found: null,
    folder: scratch(),
    onState: (state) => states.push(state),
    onNotice: () => {},
    log: () => {},
  })
  return { provider, models, states }
}

function fileWithWeights(): string {
  const file = join(scratch(), 'download.onnx')
  cpSync(join(modelsFolder, weights?.fileName ?? ''), file)
  return file
}

describe('a model that is missing', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('is not to be made where there is no program for it, but is taken up when it is there', async () => {
    const { provider, models, states } = modelsWithout(null)
    await expect(provider.make(null)).rejects.toMatchObject({ code: 'model-missing' })
    expect(states.at(-1)).toMatchObject({ state: 'missing', canMake: false })
    cpSync(modelsFolder, models, { recursive: true })
    await provider.make(null)
    await provider.choose()
    expect(states.at(-1)).toMatchObject({ state: 'ready', name: 'GoogLeNet (seeded)' })
  })

  it('is made from the file that a person chose, of which a copy is kept', async () => {
    const { provider, models, states } = modelsWithout(seededMaker)
    await provider.make(fileWithWeights())
    await provider.choose()
    expect(states.map(({ state }) => state)).toEqual(['missing', 'loading', 'making', 'ready'])
    expect(readdirSync(models)).toContain(weights?.fileName)
  })

  it('stays missing when the file is another one, and the state says what is wanted', async () => {
    const { provider, states } = modelsWithout(seededMaker)
    const other = join(scratch(), 'other.onnx')
    writeFileSync(other, 'a letter')
    await expect(provider.make(other)).rejects.toMatchObject({ code: 'model-invalid' })
    expect(states.at(-1)).toMatchObject({
      state: 'missing',
      canMake: true,
      message: expect.stringContaining(weights?.sha256 ?? ''),
    })
  })

  it('is made from a chosen file while a download hangs, and both who asked are answered', async () => {
    const asked = Promise.withResolvers<null>()
    const home = createServer(() => {
      asked.resolve(null)
    })
    await new Promise<void>((listening) => home.listen(0, '127.0.0.1', listening))
    const { port } = home.address() as AddressInfo
    vi.stubEnv('TEST_WEIGHTS_HOME', `http://127.0.0.1:${port}/weights.onnx`)
    try {
      const { provider, states } = modelsWithout(seededMaker)
      const fetching = provider.make(null)
      await asked.promise
      await Promise.all([fetching, provider.make(fileWithWeights())])
      await provider.choose()
      expect(states.at(-1)).toMatchObject({ state: 'ready' })
    } finally {
      home.closeAllConnections()
      home.close()
    }
  })

  it('is left alone when the library is closed', async () => {
    const home = createServer(() => {})
    await new Promise<void>((listening) => home.listen(0, '127.0.0.1', listening))
    const { port } = home.address() as AddressInfo
    vi.stubEnv('TEST_WEIGHTS_HOME', `http://127.0.0.1:${port}/weights.onnx`)
    try {
      const { provider, models } = modelsWithout(seededMaker)
      const fetching = provider.make(null)
      await new Promise<void>((connected) => home.once('connection', () => connected()))
      await provider.end()
      await fetching
      expect(readdirSync(models)).toEqual(['models.json'])
    } finally {
      home.closeAllConnections()
      home.close()
    }
  })
})
