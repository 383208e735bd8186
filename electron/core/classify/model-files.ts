import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import * as v from 'valibot'
import { KartotekaError, type Result, toFailure } from '../contract/failure.ts'
import type { NetworkInterface } from '../contract/networks.ts'
import type { ModelIdentity } from './classification.ts'

/** A file that photos can be looked at with, checked against its hash. */
export interface ModelFile {
  /** Absolute, outside any archive: native code opens it. */
  readonly path: string
  readonly identity: ModelIdentity
  /** `null` for a network without features. */
  readonly projection: ProjectionFile | null
  /** How it takes photos and gives answers, if it is none of the app's own. */
  readonly interface?: NetworkInterface
}

/** One of the app's own. */
export interface AppModelFile extends ModelFile {
  readonly projection: ProjectionFile
}

/** What the features of a photo are kept by: 256×1024 float32, little-endian, a row per direction. */
export interface ProjectionFile {
  readonly path: string
  /** SHA-256, hex: features kept by another one cannot be compared. */
  readonly sha256: string
}

export interface ModelFiles {
  readonly folder: string
  /** The exact model for the CPU. */
  readonly fp32: AppModelFile
  /** `null` when only the exact model was made. */
  readonly int8: AppModelFile | null
  /** The exact model for GPUs, in plain convolutions; the CPU's where the list names no other. */
  readonly gpu: AppModelFile
  /** 1000×1024 float32, little-endian: the classifier's weights, a row per class. */
  readonly classifierPath: string
}

/** One file of the model, and what it is for; for `doctor`. */
interface ListedModel {
  readonly model: ModelFile
  readonly runsOn: 'cpu' | 'gpu' | 'cpu and gpu'
}

/** Each model file once. */
export function listModels({ fp32, int8, gpu }: ModelFiles): ListedModel[] {
  const shared = gpu.path === fp32.path
  return [
    { model: fp32, runsOn: shared ? 'cpu and gpu' : 'cpu' },
    ...(int8 === null ? [] : [{ model: int8, runsOn: 'cpu' } as const]),
    ...(shared ? [] : [{ model: gpu, runsOn: 'gpu' } as const]),
  ]
}

const manifestName = 'models.json'

/** Bytes. Ours has some thousand. */
const longestManifest = 1024 * 1024

const madeFile = {
  // A name alone: the list may not lead out of its folder.
  file: v.pipe(v.string(), v.regex(/^\w[\w.-]*$/)),
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  sha256: v.string(),
}
const manifestSchema = v.object({
  models: v.array(
    v.object({
      ...madeFile,
      name: v.string(),
      precision: v.picklist(['fp32', 'int8']),
      runsOn: v.optional(v.picklist(['cpu', 'gpu']), 'cpu'),
    }),
  ),
  classifier: v.object(madeFile),
  projection: v.optional(v.object(madeFile)),
})
type MadeFile = v.InferOutput<(typeof manifestSchema.entries)['classifier']>
type ListedFile = MadeFile & Pick<ModelIdentity, 'name' | 'precision'>

const rowLength = 1024

/**
 * Finds the model files and checks them against the hashes they were made with.
 * Looked for in the folder named by KARTOTEKA_MODELS, then in an installed app's resources, then in the
 * checkout's `native-models/cache`.
 * @param folder look only here.
 * @returns `model-missing` when there are none, `model-invalid` when a file is not what it should be.
 */
export async function findModels(folder?: string): Promise<Result<ModelFiles>> {
  const folders = folder === undefined ? modelFolders() : [folder]
  try {
    const found = folders.find((candidate) => existsSync(join(candidate, manifestName)))
    if (found === undefined) {
      throw new KartotekaError(
        'model-missing',
        `The model that recognises photos is missing: there is no ${manifestName} in ${folders.join(' or ')}. ` +
          'In a source checkout, `npm run model` makes it.',
      )
    }
    return { ok: true, value: await readModels(resolve(found)) }
  } catch (error) {
    return { ok: false, error: toFailure(error) }
  }
}

/** Whether there is a list of models where they are looked for, whatever it names: no file is read. */
export function hasModelList(): boolean {
  return modelFolders().some((folder) => existsSync(join(folder, manifestName)))
}

/** Where the app's models are looked for. */
export function modelFolders(): string[] {
  const named = process.env['KARTOTEKA_MODELS']
  const resources = process.env['KARTOTEKA_RESOURCES']
  const checkout = checkoutCache()
  return [
    ...(named ? [named] : []),
    ...(resources ? [join(resources, 'models')] : []),
    ...(checkout ? [checkout] : []),
  ]
}

/** This file runs from the sources or bundled below `dist`; in both cases the checkout lies above. */
function checkoutCache(): string | null {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'native-models'))) {
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
  return join(folder, 'native-models', 'cache')
}

async function readModels(folder: string): Promise<ModelFiles> {
  const manifestPath = join(folder, manifestName)
  const found = await stat(manifestPath)
  // Reading a pipe would wait for ever.
  const text = found.isFile() && found.size <= longestManifest ? await readFile(manifestPath, 'utf8') : ''
  const manifest = v.safeParse(manifestSchema, parseJson(text))
  if (!manifest.success) {
    throw new KartotekaError('model-invalid', `${manifestPath} is not a list of models. ${remedy}`)
  }
  const { models, classifier, projection: listed } = manifest.output
  if (!listed) {
    throw new KartotekaError(
      'model-missing',
      `The models in ${folder} were made by an older Kartoteka and lack what photos are compared by. ` +
        'Make them anew, in a source checkout with `npm run model`.',
    )
  }
  const exact = models.find(({ precision, runsOn }) => precision === 'fp32' && runsOn === 'cpu')
  const quantized = models.find(({ precision }) => precision === 'int8')
  const forGpus = models.find(({ runsOn }) => runsOn === 'gpu')
  if (!exact) throw new KartotekaError('model-invalid', `${manifestPath} names no fp32 model. ${remedy}`)

  const projection = { path: await checkedPath(folder, listed), sha256: listed.sha256 }
  const modelFile = async (made: ListedFile): Promise<AppModelFile> => {
    const { name, precision, sha256 } = made
    return { path: await checkedPath(folder, made), identity: { name, precision, sha256 }, projection }
  }
  const fp32 = await modelFile(exact)
  return {
    folder,
    fp32,
    int8: quantized ? await modelFile(quantized) : null,
    gpu: forGpus ? await modelFile(forGpus) : fp32,
    classifierPath: await checkedPath(folder, classifier),
  }
}

const remedy = 'Install Kartoteka anew, or run `npm run model` in a source checkout.'

async function checkedPath(folder: string, made: MadeFile): Promise<string> {
  const path = join(folder, made.file)
  const found = await stat(path).catch(() => null)
  if (!found) {
    throw new KartotekaError('model-missing', `The model file ${path} is missing. ${remedy}`)
  }
  if (!found.isFile()) {
    throw new KartotekaError('model-invalid', `${path} is no plain file. ${remedy}`)
  }
  const sha256 = found.size === made.bytes ? await sha256OfFile(path) : null
  if (sha256 !== made.sha256) {
    throw new KartotekaError(
      'model-invalid',
      `${path} is not the model file it should be: ` +
        (sha256 === null
          ? `it has ${found.size} bytes instead of ${made.bytes}. `
          : `its SHA-256 is ${sha256} instead of ${made.sha256}. `) +
        remedy,
    )
  }
  return path
}

/** Bytes. */
const hashedAtOnce = 512 * 1024

/** Hex. Through one buffer: a stream makes a new one for each piece, and all models take 65 ms with it instead of 37. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(hashedAtOnce)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}

/** The 1024 weights with which the classifier recognises a class. @throws as `fs` does. */
export async function classifierRow(models: ModelFiles, classIndex: number): Promise<Float32Array> {
  const row = new Float32Array(rowLength)
  const file = await open(models.classifierPath)
  try {
    await file.read(row, 0, row.byteLength, classIndex * row.byteLength)
    return row
  } finally {
    await file.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
