import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { classifierRow, findModels } from '../../../electron/core/classify/model-files.ts'

describe('finding the models', () => {
  const classifier = Float32Array.from({ length: 1000 * 1024 }, (_, index) => index)
  const fp32 = Buffer.from('exact model')
  const int8 = Buffer.from('small model')
  const projection = Buffer.from('directions')
  const gpu = Buffer.from('exact model in plain convolutions')
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kartoteka-models-'))
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  async function putModels(into: string, precisions: readonly ('fp32' | 'int8')[] = ['fp32', 'int8']) {
    await mkdir(into, { recursive: true })
    const bytes = new Uint8Array(classifier.buffer)
    await writeFile(join(into, 'googlenet-fp32.onnx'), fp32)
    await writeFile(join(into, 'googlenet-int8.onnx'), int8)
    await writeFile(join(into, 'googlenet-classifier.bin'), bytes)
    const models = precisions.map((precision) => ({
      name: 'GoogLeNet',
      precision,
      ...made(`googlenet-${precision}.onnx`, precision === 'fp32' ? fp32 : int8),
    }))
    await writeFile(join(into, 'googlenet-projection.bin'), projection)
    const manifest = {
      generator: 'x',
      models,
      classifier: made('googlenet-classifier.bin', bytes),
      projection: made('googlenet-projection.bin', projection),
    }
    await writeFile(join(into, 'models.json'), JSON.stringify(manifest))
  }

  async function changeManifest(change: (manifest: { models: Record<string, unknown>[] }) => void) {
    const path = join(folder, 'models.json')
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { models: Record<string, unknown>[] }
    change(manifest)
    await writeFile(path, JSON.stringify(manifest))
  }

  test.each([
    '../outside.onnx',
    '/etc/passwd',
    'sub/x.onnx',
    String.raw`..\outside.onnx`,
    '..',
    '.',
    '',
    'x\0.onnx',
  ])('refuses a list that names %j', async (file) => {
    const inner = join(folder, 'models')
    await putModels(inner)
    await writeFile(join(folder, 'outside.onnx'), fp32)
    const path = join(inner, 'models.json')
    const list = await readFile(path, 'utf8')
    await writeFile(path, list.replace('"googlenet-fp32.onnx"', JSON.stringify(file)))
    expect(await findModels(inner)).toMatchObject({
      ok: false,
      error: {
        code: 'model-invalid',
        message: expect.stringContaining('models.json is not a list of models'),
      },
    })
  })

  test
    .skipIf(process.platform === 'win32')
    .each(['googlenet-fp32.onnx', 'googlenet-classifier.bin', 'models.json'])(
    'does not wait for a pipe in the place of %s',
    async (name) => {
      await putModels(folder)
      await rm(join(folder, name))
      execFileSync('/usr/bin/env', ['mkfifo', join(folder, name)])
      expect(await findModels(folder)).toMatchObject({ ok: false, error: { code: 'model-invalid' } })
    },
  )

  test('refuses a folder in the place of a file, and a file of no length', async () => {
    await putModels(folder)
    await rm(join(folder, 'googlenet-fp32.onnx'))
    await mkdir(join(folder, 'googlenet-fp32.onnx'))
    expect(await findModels(folder)).toMatchObject({
      ok: false,
      error: { code: 'model-invalid', message: expect.stringContaining('is no plain file') },
    })
    await changeManifest(({ models }) => {
      for (const model of models) model['bytes'] = 0
    })
    expect(await findModels(folder)).toMatchObject({ ok: false, error: { code: 'model-invalid' } })
  })

  test('gives path, name, precision and hash of both', async () => {
    await putModels(folder)
    const kept = {
      projection: {
        path: join(folder, 'googlenet-projection.bin'),
        sha256: made('', projection).sha256,
      },
    }
    expect(await findModels(folder)).toEqual({
      ok: true,
      value: {
        folder,
        fp32: {
          path: join(folder, 'googlenet-fp32.onnx'),
          identity: { name: 'GoogLeNet', precision: 'fp32', sha256: made('', fp32).sha256 },
          ...kept,
        },
        int8: {
          path: join(folder, 'googlenet-int8.onnx'),
          identity: { name: 'GoogLeNet', precision: 'int8', sha256: made('', int8).sha256 },
          ...kept,
        },
        gpu: {
          path: join(folder, 'googlenet-fp32.onnx'),
          identity: { name: 'GoogLeNet', precision: 'fp32', sha256: made('', fp32).sha256 },
          ...kept,
        },
        classifierPath: join(folder, 'googlenet-classifier.bin'),
      },
    })
  })

  test('gives GPUs a file of their own where there is one', async () => {
    await putModels(folder)
    const file = 'plain.onnx'
    await writeFile(join(folder, file), gpu)
    const path = join(folder, 'models.json')
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { models: object[] }
    const forGpus = { name: 'GoogLeNet', precision: 'fp32', runsOn: 'gpu', ...made(file, gpu) }
    await writeFile(path, JSON.stringify({ ...manifest, models: [forGpus, ...manifest.models] }))
    expect(await findModels(folder)).toMatchObject({
      value: {
        fp32: { path: join(folder, 'googlenet-fp32.onnx') },
        gpu: { path: join(folder, file), identity: { sha256: made('', gpu).sha256 } },
      },
    })
  })

  test('of models made before photos were compared it says to make them anew, which the window offers for missing ones', async () => {
    await putModels(folder)
    const path = join(folder, 'models.json')
    const { projection: _, ...older } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    await writeFile(path, JSON.stringify(older))
    expect(await findModels(folder)).toMatchObject({
      ok: false,
      error: { code: 'model-missing', message: expect.stringContaining('`npm run model`') },
    })
  })

  test('needs only the exact one', async () => {
    await putModels(folder, ['fp32'])
    expect(await findModels(folder)).toMatchObject({ ok: true, value: { int8: null } })
  })

  test('reads the weights of one class', async () => {
    await putModels(folder)
    const models = await findModels(folder)
    const row = models.ok ? await classifierRow(models.value, 999) : new Float32Array()
    expect([row.length, row[0], row[1023]]).toEqual([1024, 999 * 1024, 999 * 1024 + 1023])
  })

  test('looks into KARTOTEKA_MODELS first, then into the resources of an installed app', async () => {
    const named = join(folder, 'named')
    const resources = join(folder, 'resources')
    vi.stubEnv('KARTOTEKA_MODELS', named)
    vi.stubEnv('KARTOTEKA_RESOURCES', resources)
    await putModels(join(resources, 'models'))
    expect(await findModels()).toMatchObject({ value: { folder: join(resources, 'models') } })
    await putModels(named)
    expect(await findModels()).toMatchObject({ value: { folder: named } })
  })

  test('says where it looked when there are none, and what to do', async () => {
    expect(await failureIn(folder)).toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(new RegExp(`${folder}.*npm run model`)),
    })
  })

  test('names a file that is gone', async () => {
    await putModels(folder)
    await rm(join(folder, 'googlenet-int8.onnx'))
    expect(await failureIn(folder)).toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(join(folder, 'googlenet-int8.onnx')),
    })
  })

  test('names a cut-off file and its size', async () => {
    await putModels(folder)
    await writeFile(join(folder, 'googlenet-fp32.onnx'), 'exact')
    expect(await failureIn(folder)).toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(/googlenet-fp32\.onnx .*5 bytes instead of 11/),
    })
  })

  test('names a changed file and both hashes', async () => {
    await putModels(folder)
    await writeFile(join(folder, 'googlenet-fp32.onnx'), 'EXACT model')
    const other = made('', Buffer.from('EXACT model')).sha256
    expect(await failureIn(folder)).toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(new RegExp(`googlenet-fp32.*${other}.*${made('', fp32).sha256}`)),
    })
  })

  test('reads no list that is longer than any of ours', async () => {
    await putModels(folder)
    const path = join(folder, 'models.json')
    await writeFile(path, (await readFile(path, 'utf8')).padEnd(1024 * 1024 + 1))
    expect(await failureIn(folder)).toMatchObject({ code: 'model-invalid' })
  })

  test.each(['', 'not json', '{"models":[]}', '[]'])('refuses the list %j', async (list) => {
    await writeFile(join(folder, 'models.json'), list)
    expect(await failureIn(folder)).toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(join(folder, 'models.json')),
    })
  })
})

function made(file: string, content: Uint8Array) {
  return {
    file,
    bytes: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

async function failureIn(place: string) {
  const result = await findModels(place)
  return result.ok ? null : result.error
}
