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
        address: server.address,
        path: join(folder, 'weights.onnx'),
        bytes: file.length,
        sha256,
        pauseBetweenAttempts: 1,
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
      address: server.address,
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
    await expect(fetchIt()).rejects.toThrow(/SHA-256/)
    expect(await readdir(folder)).toEqual([])
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
      address: server.address,
      path: join(folder, 'weights.onnx'),
      bytes: file.length,
      sha256,
      pauseBetweenAttempts: 1,
    })
    await expect(fetchIt).rejects.toThrow(/ECONNREFUSED/)
  })
})
