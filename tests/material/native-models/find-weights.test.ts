import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findWeights, usualFolders } from '../../../native-models/weights/find-weights.ts'
import { knownWeights, zooWeights } from '../../../native-models/weights/known-files.ts'
import { serveAnswers, status } from '../../fixtures/file-server.ts'
import { sharedPath } from '../shared.ts'

describe('looking for the weights', () => {
  const bvlc = 'googlenet-bvlc.onnx'
  let folder: string
  let first: string
  let second: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kartoteka-weights-'))
    first = join(folder, 'first')
    second = join(folder, 'second')
    await mkdir(first)
    await mkdir(second)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  const find = () =>
    findWeights({ folders: [first, second], cacheFolder: first, address: 'http://127.0.0.1:9/' })

  test('takes the first folder that has them', async () => {
    await copyFile(sharedPath('native-models', bvlc), join(second, bvlc))
    expect(await find()).toBe(join(second, bvlc))
    await copyFile(sharedPath('native-models', bvlc), join(first, bvlc))
    expect(await find()).toBe(join(first, bvlc))
  })

  test('takes either known file under either name', async () => {
    await copyFile(sharedPath('native-models', bvlc), join(first, zooWeights.fileName))
    expect(await find()).toBe(join(first, zooWeights.fileName))
  })

  test('stops at a wrong file and names it and both hashes', async () => {
    await writeFile(join(first, zooWeights.fileName), 'not a model')
    await copyFile(sharedPath('native-models', bvlc), join(second, bvlc))
    await expect(find()).rejects.toThrow(
      new RegExp(`${join(first, zooWeights.fileName)}.*[0-9a-f]{64}.*${zooWeights.sha256}`),
    )
  })

  test('says which file to put where when there is none and it cannot be fetched', async () => {
    const server = await serveAnswers([status(404)])
    const search = findWeights({ folders: [first], cacheFolder: second, address: server.address })
    await expect(search).rejects.toThrow(
      new RegExp(
        `missing.*404.*${zooWeights.fileName}.*${zooWeights.sha256}.*${second}.*KARTOTEKA_MODELS`,
        's',
      ),
    )
    await server.close()
  })

  test('asks the folder in KARTOTEKA_MODELS before the cache and the material beside the project', () => {
    vi.stubEnv('KARTOTEKA_MODELS', first)
    expect(usualFolders('/project', '/cache')).toEqual([first, '/cache', '/shared/native-models'])
    vi.stubEnv('KARTOTEKA_MODELS', '')
    expect(usualFolders('/project', '/cache')).toEqual(['/cache', '/shared/native-models'])
  })

  test('knows two files', () => {
    expect(knownWeights.map(({ fileName }) => fileName)).toEqual(['googlenet-12.onnx', bvlc])
  })
})
