import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'

/**
 * The other side of the end-to-end benchmark: what a competent engineer writes first. The published graph, sharp,
 * one photo after the other in each worker; thumbnail and top five come out, as they do in ours.
 */

export interface TextbookResult {
  readonly path: string
  readonly thumbnail: Uint8Array
  /** Class index and probability, best first. */
  readonly topFive: readonly (readonly [number, number])[]
}

export type TextbookMessage =
  { readonly type: 'ready' } | { readonly type: 'done'; readonly result: TextbookResult }

const side = 224
const plane = side * side
const mean = [104, 117, 123] as const

if (parentPort === null) throw new Error('textbook-worker must be started as a worker thread')
const port = parentPort
const session = await ort.InferenceSession.create(workerData as string, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
})
const [inputName = ''] = session.inputNames
const [outputName = ''] = session.outputNames

port.on('message', (path: string | null) => {
  if (path === null) void session.release().then(() => port.close())
  else void read(path).then((result) => post({ type: 'done', result }))
})
post({ type: 'ready' })

async function read(path: string): Promise<TextbookResult> {
  const image = sharp(await readFile(path)).rotate()
  const thumbnail = await image
    .clone()
    .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
  const pixels = await image
    .clone()
    .resize(side, side, { fit: 'fill' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
  const outputs = await session.run({
    [inputName]: new ort.Tensor('float32', bgrPlanes(pixels), [1, 3, side, side]),
  })
  const probabilities = outputs[outputName]?.data
  if (!(probabilities instanceof Float32Array))
    throw new TypeError('the published graph gives float32 probabilities')
  const topFive = [...probabilities]
    .map((probability, classIndex) => [classIndex, probability] as const)
    .sort((one, other) => other[1] - one[1])
    .slice(0, 5)
  return { path, thumbnail: new Uint8Array(thumbnail), topFive }
}

function bgrPlanes(rgb: Buffer): Float32Array {
  const planes = new Float32Array(3 * plane)
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      planes[channel * plane + pixel] = (rgb[pixel * 3 + 2 - channel] ?? 0) - (mean[channel] ?? 0)
    }
  }
  return planes
}

function post(message: TextbookMessage): void {
  port.postMessage(message)
}
