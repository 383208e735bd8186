import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { makeModels } from '../../../native-models/make.ts'
import type { ModelManifest } from '../../../native-models/manifest.ts'

describe('npm run model', () => {
  let folder: string
  let manifest: ModelManifest

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kartoteka-make-'))
    manifest = await makeModels({ folder })
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
  })

  test('makes the models, the weights for heat maps and the yardstick, and leaves nothing else', async () => {
    expect((await readdir(folder)).toSorted()).toEqual([
      'googlenet-classifier.bin',
      'googlenet-fp32-cpu.onnx',
      'googlenet-fp32.onnx',
      'googlenet-int8.onnx',
      'googlenet-projection.bin',
      'googlenet-published.onnx',
      'models.json',
    ])
  })

  test('makes what the app accepts', async () => {
    const found = await findModels(folder)
    expect(found).toMatchObject({
      ok: true,
      value: {
        fp32: { path: join(folder, 'googlenet-fp32-cpu.onnx'), identity: { precision: 'fp32' } },
        int8: { identity: { precision: 'int8' } },
        gpu: { path: join(folder, 'googlenet-fp32.onnx'), identity: { precision: 'fp32' } },
      },
    })
  })

  test('stores the weights once: the CPU reads them from the file for GPUs', async () => {
    expect((await stat(join(folder, 'googlenet-fp32.onnx'))).size).toBeGreaterThan(27e6)
    expect((await stat(join(folder, 'googlenet-fp32-cpu.onnx'))).size).toBeLessThan(250e3)
  })

  test('does nothing when all is there', async () => {
    const before = await stat(join(folder, 'googlenet-fp32.onnx'))
    expect(await makeModels({ folder })).toEqual(manifest)
    expect((await stat(join(folder, 'googlenet-fp32.onnx'))).mtimeMs).toBe(before.mtimeMs)
  })

  test('makes a damaged file anew, byte for byte', async () => {
    const path = join(folder, 'googlenet-int8.onnx')
    const whole = await readFile(path)
    await writeFile(path, whole.subarray(0, 1000))
    expect(await makeModels({ folder })).toEqual(manifest)
    expect((await readFile(path)).equals(whole)).toBe(true)
  })

  test.each(['googlenet-fp32-cpu.onnx', 'googlenet-fp32.onnx', 'googlenet-int8.onnx'])(
    'lets %s take several photos at once',
    async (file) => {
      const session = await ort.InferenceSession.create(join(folder, file), { intraOpNumThreads: 1 })
      const pictures = goldenPictures()
      const size = 224 * 224 * 3
      const together = new Uint8Array(pictures.length * size)
      for (const [index, { rgb }] of pictures.entries()) together.set(rgb, index * size)
      const run = async (bytes: Uint8Array) => {
        const rgb = new ort.Tensor('uint8', bytes, [bytes.length / size, 224, 224, 3])
        return (await session.run({ rgb }, ['prob']))['prob']?.data as Float32Array
      }
      const all = await run(together)
      for (const [index, { rgb }] of pictures.entries()) {
        const alone = await run(rgb)
        const difference = alone.map((value, at) => Math.abs(value - (all[index * 1000 + at] ?? Number.NaN)))
        expect(Math.max(...difference)).toBeLessThan(1e-5)
      }
      await session.release()
    },
  )
})
