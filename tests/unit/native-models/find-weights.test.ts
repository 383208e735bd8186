import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findWeights, keepChosen, usualFolders } from '../../../native-models/weights/find-weights.ts'
import { type KnownWeights, knownWeights } from '../../../native-models/weights/known-files.ts'
import { content, serveAnswers, status } from '../../fixtures/file-server.ts'

function known(fileName: string, file: Buffer): KnownWeights {
  const sha256 = createHash('sha256').update(file).digest('hex')
  return { fileName, bytes: file.length, sha256, homes: [] }
}

describe('the weights', () => {
  const published = randomBytes(4000)
  const converted = randomBytes(3000)
  const zoo = known('googlenet-12.onnx', published)
  const bvlc = known('googlenet-bvlc.onnx', converted)
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

  const find = () => findWeights({ folders: [first, second], cacheFolder: first, known: [zoo, bvlc] })
  const keep = (path: string) => keepChosen(path, { cacheFolder: second, known: [zoo, bvlc] })

  describe('are looked for', () => {
    test('in one folder after the other', async () => {
      await writeFile(join(second, bvlc.fileName), converted)
      expect(await find()).toBe(join(second, bvlc.fileName))
      await writeFile(join(first, bvlc.fileName), converted)
      expect(await find()).toBe(join(first, bvlc.fileName))
    })

    test('as either known file under either name', async () => {
      await writeFile(join(first, zoo.fileName), converted)
      expect(await find()).toBe(join(first, zoo.fileName))
    })

    test('up to a wrong file, which is named with both hashes', async () => {
      await writeFile(join(first, zoo.fileName), 'not a model')
      await writeFile(join(second, bvlc.fileName), converted)
      await expect(find()).rejects.toThrow(
        new RegExp(`${join(first, zoo.fileName)}.*[0-9a-f]{64}.*${zoo.sha256}`),
      )
    })

    test('at their homes when no folder has them; the file is kept in the cache', async () => {
      const server = await serveAnswers([content(published)])
      const path = await findWeights({
        folders: [first],
        cacheFolder: second,
        known: [{ ...zoo, homes: [server.address] }, bvlc],
      })
      expect(path).toBe(join(second, zoo.fileName))
      expect(await readFile(path)).toEqual(published)
      await server.close()
    })

    test('and when nobody has them, it is said which file to put where', async () => {
      const server = await serveAnswers([status(404)])
      const search = findWeights({
        folders: [first],
        cacheFolder: second,
        known: [{ ...zoo, homes: [server.address] }, bvlc],
      })
      await expect(search).rejects.toThrow(
        new RegExp(`missing.*404.*${zoo.fileName}.*${zoo.sha256}.*${second}.*KARTOTEKA_MODELS`, 's'),
      )
      await server.close()
    })

    test('in the folder of KARTOTEKA_MODELS before the cache and the material beside the project', () => {
      vi.stubEnv('KARTOTEKA_MODELS', first)
      expect(usualFolders('/project', '/cache')).toEqual([first, '/cache', '/shared/native-models'])
      vi.stubEnv('KARTOTEKA_MODELS', '')
      expect(usualFolders('/project', '/cache')).toEqual(['/cache', '/shared/native-models'])
    })

    test('as two files, the first of which has several homes', () => {
      expect(knownWeights.map(({ fileName }) => fileName)).toEqual([zoo.fileName, bvlc.fileName])
      expect(knownWeights[0]?.homes.length).toBeGreaterThan(1)
    })
  })

  describe('in a file that a person chose', () => {
    test('are kept under their own name, whatever that of the file', async () => {
      const chosen = join(first, 'download (1).onnx')
      await writeFile(chosen, converted)
      expect(await keep(chosen)).toBe(join(second, bvlc.fileName))
      expect(await readFile(join(second, bvlc.fileName))).toEqual(converted)
      expect(await readdir(second)).toEqual([bvlc.fileName])
    })

    test('take the place of a wrong file of that name', async () => {
      await writeFile(join(second, zoo.fileName), 'half a download')
      await writeFile(join(first, 'weights.onnx'), published)
      await keep(join(first, 'weights.onnx'))
      expect(await readFile(join(second, zoo.fileName))).toEqual(published)
    })

    test('may lie where they are kept', async () => {
      await writeFile(join(second, zoo.fileName), published)
      expect(await keep(join(second, zoo.fileName))).toBe(join(second, zoo.fileName))
      expect(await readFile(join(second, zoo.fileName))).toEqual(published)
    })

    test.each([
      ['of another size', Buffer.from('a letter'), /it has 8 bytes/],
      ['of the right size', randomBytes(published.length), /its SHA-256 is [0-9a-f]{64}/],
    ])(
      'are not something else %s: it is named, with what is wanted, and nothing is kept',
      async (_, other, flaw) => {
        const chosen = join(first, 'other.onnx')
        await writeFile(chosen, other)
        await expect(keep(chosen)).rejects.toThrow(flaw)
        await expect(keep(chosen)).rejects.toThrow(new RegExp(`${chosen}.*${zoo.sha256}.*${bvlc.sha256}`))
        expect(await readdir(second)).toEqual([])
      },
    )

    test.each(['gone.onnx', '.'])('must be a file that is there, which %s is not', async (name) => {
      await expect(keep(join(first, name))).rejects.toThrow(/is not a file that can be read/)
    })
  })
})
