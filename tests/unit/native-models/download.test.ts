import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { download, DownloadError } from '../../../native-models/weights/download.ts'
import { brokenOffAfter, content, type FileServer, serveAnswers, status } from '../../fixtures/file-server.ts'

describe('downloading the weights', () => {
  const file = randomBytes(300_000)
  const sha256 = createHash('sha256').update(file).digest('hex')
  let folder: string
  let server: FileServer

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kartoteka-download-'))
  })
  afterEach(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  async function serving(...answers: Parameters<typeof serveAnswers>[0]): Promise<() => Promise<void>> {
    server = await serveAnswers(answers)
    return () =>
      download({
        homes: [server.address],
        path: join(folder, 'weights.onnx'),
        bytes: file.length,
        sha256,
        pauseBetweenRounds: 1,
      })
  }

  async function somethingArrived(): Promise<boolean> {
    const found = await stat(join(folder, 'weights.onnx.part')).catch(() => null)
    return found !== null && found.size > 0
  }

  test('leaves the whole file under its name and nothing else', async () => {
    const fetchIt = await serving(content(file))
    await fetchIt()
    expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
    expect(await readdir(folder)).toEqual(['weights.onnx'])
  })

  test('goes on where a broken connection stopped', async () => {
    const fetchIt = await serving(brokenOffAfter(file, 100_000, somethingArrived), content(file))
    await fetchIt()
    expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
    expect(server.ranges[0]).toBeNull()
    expect(server.ranges[1]).toMatch(/^bytes=\d+-$/)
  })

  test('goes on where an earlier run stopped', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), file.subarray(0, 123_456))
    const fetchIt = await serving(content(file))
    await fetchIt()
    expect(server.ranges).toEqual(['bytes=123456-'])
    expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
  })

  test('starts over with a server that knows no ranges', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), file.subarray(0, 123_456))
    const fetchIt = await serving((_request, response) => response.end(file))
    await fetchIt()
    expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
  })

  test('asks for nothing when only the renaming was missing', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), file)
    const fetchIt = await serving(status(500))
    await fetchIt()
    expect(server.ranges).toEqual([])
    expect(await readdir(folder)).toEqual(['weights.onnx'])
  })

  test('reports progress up to the last byte', async () => {
    server = await serveAnswers([content(file)])
    const seen: number[] = []
    await download({
      homes: [server.address],
      path: join(folder, 'weights.onnx'),
      bytes: file.length,
      sha256,
      onProgress: (received) => seen.push(received),
    })
    expect(seen.at(-1)).toBe(file.length)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  test('keeps what came when the connection breaks every time', async () => {
    const fetchIt = await serving(brokenOffAfter(file, 50_000, somethingArrived), status(503))
    await expect(fetchIt()).rejects.toThrow(DownloadError)
    expect(await readdir(folder)).toEqual(['weights.onnx.part'])
    expect(server.ranges.length).toBeGreaterThan(1)
  })

  test('refuses another file, names both hashes and keeps nothing of it', async () => {
    const other = randomBytes(file.length)
    const fetchIt = await serving(content(other))
    const otherHash = createHash('sha256').update(other).digest('hex')
    await expect(fetchIt()).rejects.toThrow(new RegExp(`${otherHash}.*${sha256}`, 's'))
    expect(await readdir(folder)).toEqual([])
  })

  test('refuses a shorter file', async () => {
    const fetchIt = await serving(content(file.subarray(0, 1000)))
    await expect(fetchIt()).rejects.toThrow(/offers a file of 1000 bytes instead of 300000/)
    expect(await readdir(folder)).toEqual([])
  })

  test('keeps what it has when a page that says sorry is sent in place of the rest', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), file.subarray(0, 123_456))
    const fetchIt = await serving((_request, response) => response.end('Sorry, try again tomorrow.'))
    await expect(fetchIt()).rejects.toThrow(/offers a file of 26 bytes/)
    expect((await stat(join(folder, 'weights.onnx.part'))).size).toBe(123_456)
  })

  test('keeps what it has when the home has less', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), file.subarray(0, 123_456))
    const fetchIt = await serving(content(file.subarray(0, 1000)))
    await expect(fetchIt()).rejects.toThrow(/has a file of fewer than 123456 bytes/)
    expect((await stat(join(folder, 'weights.onnx.part'))).size).toBe(123_456)
  })

  test('starts over when what an earlier run left was something else', async () => {
    await writeFile(join(folder, 'weights.onnx.part'), randomBytes(123_456))
    const fetchIt = await serving(content(file))
    await fetchIt()
    expect(server.ranges).toEqual(['bytes=123456-', null])
    expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
  })

  describe('from several homes', () => {
    let second: FileServer

    afterEach(async () => {
      await second.close()
    })

    async function from(
      first: Parameters<typeof serveAnswers>[0],
      then: Parameters<typeof serveAnswers>[0],
    ): Promise<void> {
      server = await serveAnswers(first)
      second = await serveAnswers(then)
      await download({
        homes: [server.address, second.address],
        path: join(folder, 'weights.onnx'),
        bytes: file.length,
        sha256,
        pauseBetweenRounds: 1,
      })
    }

    test('asks the second when the first has no such file', async () => {
      await from([status(404)], [content(file)])
      expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
      expect(server.ranges).toHaveLength(1)
    })

    test('does not ask the second when the first gives the file', async () => {
      await from([content(file)], [content(file)])
      expect(second.ranges).toEqual([])
    })

    test('goes on at the second where the first broke off', async () => {
      await from([brokenOffAfter(file, 100_000, somethingArrived), status(503)], [content(file)])
      expect(second.ranges[0]).toMatch(/^bytes=[1-9]\d*-$/)
      expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
    })

    test('takes the file of the second when the first sends another one of the same size', async () => {
      await from([content(randomBytes(file.length))], [content(file)])
      expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
      expect(await readdir(folder)).toEqual(['weights.onnx'])
    })

    test('comes back to the first, which was busy, when the second has nothing', async () => {
      await from([status(503), content(file)], [status(404)])
      expect(second.ranges).toHaveLength(1)
      expect(await readFile(join(folder, 'weights.onnx'))).toEqual(file)
    })

    test('says of each what was wrong when none has it', async () => {
      await expect(from([status(404)], [content(Buffer.from('moved'))])).rejects.toThrow(
        /googlenet-12\.onnx answered 404.*googlenet-12\.onnx offers a file of 5 bytes/s,
      )
    })
  })

  test('gives up at once when there is no such file', async () => {
    const fetchIt = await serving(status(404))
    await expect(fetchIt()).rejects.toThrow(/answered 404/)
    expect(server.ranges).toHaveLength(1)
  })

  test('says what is wrong when nobody answers', async () => {
    server = await serveAnswers([status(200)])
    await server.close()
    const fetchIt = download({
      homes: [server.address],
      path: join(folder, 'weights.onnx'),
      bytes: file.length,
      sha256,
      pauseBetweenRounds: 1,
    })
    await expect(fetchIt).rejects.toThrow(/ECONNREFUSED/)
  })
})
