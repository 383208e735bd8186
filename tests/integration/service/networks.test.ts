import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { tryNetwork } from '../../../electron/core/classify/network-trial.ts'
import type { Network } from '../../../electron/core/contract/networks.ts'
import { changeNetwork } from '../../../electron/core/library/photos/network-choice.ts'
import { modelInUse } from '../../../electron/service/network-models.ts'
import { createNetworks } from '../../../electron/service/networks.ts'
import { trialProcess } from '../../../electron/service/network-trial.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import type { ZooNetwork } from '../../../native-models/zoo/networks.ts'
import { brokenOffAfter, content, serveAnswers, status, type FileServer } from '../../fixtures/file-server.ts'
import { crashingNetwork } from '../../fixtures/crashing-network.ts'
import { otherInterface, otherNetwork } from '../../fixtures/other-network.ts'
import { modelsFolder } from '../../fixtures/synthetic.ts'
import { startService } from '../../fixtures/running-service.ts'
import { scratch, testLibrary } from '../indexing/index-photos.ts'
import { somePhotos } from './indexed-photos.ts'

const file = Buffer.from(otherNetwork([]))
const inZoo: ZooNetwork = {
  id: 'made',
  name: 'Made',
  file: 'made.onnx',
  bytes: file.length,
  sha256: createHash('sha256').update(file).digest('hex'),
  precision: 'fp32',
  interface: otherInterface,
  licence: 'MIT',
  first: null,
  five: null,
  source: 'this test',
}

const madeOf = (list: readonly Network[]): Network | undefined => list.find(({ id }) => id === 'made')

describe('a network of the zoo', () => {
  let server: FileServer | null = null
  afterEach(async () => {
    await server?.close()
  })

  async function fetching(...answers: Parameters<typeof serveAnswers>[0]) {
    const serving = await serveAnswers(answers)
    server = serving
    const library = testLibrary()
    const received: (number | null)[] = []
    const networks = createNetworks({
      library,
      tryOut: tryNetwork,
      zoo: [inZoo],
      homesOf: () => [serving.address],
      onFetching: (now) => received.push(now && now.received),
    })
    return { networks, received, serving, folder: join(library.folder, 'networks') }
  }

  it('is fetched when it is to be tried, going on where the connection broke', async () => {
    const halfway = file.length / 2
    const part = { path: '' }
    const { networks, received, serving, folder } = await fetching(
      brokenOffAfter(file, halfway, () =>
        Promise.resolve(existsSync(part.path) && statSync(part.path).size > 0),
      ),
      content(file),
    )
    part.path = join(folder, 'made.onnx.part')
    expect(madeOf(await networks.list())).toMatchObject({ here: false, trial: null, order: 'documented' })
    expect(await networks.tryOne('made')).toMatchObject({ outcome: 'works', recognised: 4 })
    expect(serving.ranges[0]).toBeNull()
    expect(serving.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/)
    expect(received.at(-1)).toBeNull()
    expect(received).toContain(file.length)
    expect(madeOf(await networks.list())).toMatchObject({ here: true, trial: { outcome: 'works' } })
    expect(readdirSync(folder).toSorted()).toEqual(['made', 'trials.json'])
  })

  it('is not taken when it is another file, or nowhere', async () => {
    const { networks, folder } = await fetching(content(Buffer.alloc(file.length)), status(404))
    await expect(networks.makeReady('made')).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/^Made could not be fetched\. .*sent another file/),
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

it('GoogLeNet, compressed, is there where it was made, and has all that GoogLeNet has', async () => {
  const models = scratch()
  for (const folder of [models, join(models, 'googlenet-small')])
    cpSync(modelsFolder, folder, { recursive: true })
  vi.stubEnv('KARTOTEKA_MODELS', models)
  try {
    const networks = createNetworks({
      library: testLibrary(),
      tryOut: tryNetwork,
      zoo: [],
      onFetching: () => {},
    })
    const [, small] = await networks.list()
    expect(small).toMatchObject({ id: 'googlenet-small', here: true, hasFeatures: true, interface: null })
    expect(await networks.tryOne('googlenet-small')).toMatchObject({ outcome: 'works', recognised: 4 })
    // What is used is tried as well, so that it can be said which is slower.
    expect((await networks.list()).map(({ trial }) => trial?.outcome)).toEqual(['works', 'works'])
  } finally {
    vi.unstubAllEnvs()
  }
})

it('a network in use whose file is gone is missed by its name; nothing else takes its place unasked', async () => {
  const library = testLibrary()
  expect(await modelInUse(library)).toBeNull()
  changeNetwork(library, 'resnet50-v1')
  expect(await modelInUse(library)).toMatchObject({
    ok: false,
    error: { code: 'model-missing', message: expect.stringContaining('resnet50-v1') },
  })
})

describe('a network that takes its trial down', () => {
  // Other processors than those of the x86 family divide on.
  it.runIf(process.arch === 'x64')('costs only that process, and is said so', async () => {
    const library = testLibrary()
    const tryOut = trialProcess(threadEntries.trial, tryNetwork)
    const networks = createNetworks({ library, tryOut, zoo: [], onFetching: () => {} })
    const path = join(scratch(), 'Bad.onnx')
    writeFileSync(path, crashingNetwork(otherInterface))
    const id = await networks.add(path, otherInterface)
    await expect(networks.makeReady(id)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(
        /\(Bad\) cannot be used: ONNX Runtime crashed on it \((?:SIGFPE|exit status \d+)\)\..*goes on\.$/,
      ),
    })
    const [own, , bad] = await networks.list()
    expect([own?.used, bad?.used, bad?.trial?.outcome]).toEqual([true, false, 'crashed'])
  })
})

it('another network takes over in the running service, and hands back; what it cannot do is said', async () => {
  const [library, photos, files] = [scratch(), await somePhotos(12), scratch()]
  const service = startService(library)
  try {
    await service.index([photos])
    const before = await service.call('getPhoto', { id: 1, language: 'en' })
    const path = join(files, 'Mine.onnx')
    writeFileSync(path, file)
    const { id } = await service.call('addNetwork', { path, interface: otherInterface })
    await service.call('useNetwork', { id })
    expect((await service.settled()).model).toMatchObject({ state: 'ready', name: 'Mine', provider: 'cpu' })
    const after = await service.call('getPhoto', { id: 1, language: 'en' })
    expect(after).not.toEqual(before)
    const term = after.tags[0]?.term ?? ''
    await expect(service.call('getHeatMap', { id: 1, term })).rejects.toThrow('Mine does not tell where')
    await expect(service.call('freeNetwork', { id })).rejects.toThrow('choose another network first')
    await service.call('useNetwork', { id: 'googlenet' })
    await service.settled()
    expect(await service.call('getPhoto', { id: 1, language: 'en' })).toEqual(before)
    await service.call('freeNetwork', { id })
    const list = await service.call('getNetworks', null)
    expect(list.map((each) => each.id)).not.toContain(id)
  } finally {
    await service.stop()
    rmSync(photos, { recursive: true })
  }
})
