import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from './weights/sha256.ts'

/** One file that `npm run model` made. */
export interface MadeFile {
  readonly file: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

export interface MadeModel extends MadeFile {
  readonly name: string
  readonly precision: 'fp32' | 'int8'
  /** The CPU's fp32 model has its weights in the GPU's file. */
  readonly runsOn: 'cpu' | 'gpu'
}

/** `models.json` beside the models; the app reads it to find and check them. */
export interface ModelManifest {
  /** Hash of the code and numbers that the files were made with. */
  readonly generator: string
  readonly models: readonly MadeModel[]
  /** 1000×1024 float32, little-endian: the classifier's weights, a row per class, for heat maps. */
  readonly classifier: MadeFile
  /** 256×1024 float32, little-endian: the directions that a photo's features are kept in. */
  readonly projection: MadeFile
  /** The zoo's graph built from our architecture; for comparison, not for the app. */
  readonly published: MadeFile
}

export const manifestName = 'models.json'

/** Changes whenever a file below native-models does that has a say in what the models are. */
export async function generatorHash(folder: string): Promise<string> {
  const sources: string[] = []
  for await (const source of glob('{architectures,googlenet,onnx,quantize}/**/*.{ts,json,tsv}', {
    cwd: folder,
  })) {
    sources.push(source)
  }
  const hash = createHash('sha256')
  for (const source of ['make.ts', ...sources.toSorted()]) {
    hash.update(source).update(readFileSync(join(folder, source)))
  }
  return hash.digest('hex')
}

/** The manifest of `folder` when it was made by this generator and every file is as it says; else `null`. */
export async function upToDateManifest(folder: string, generator: string): Promise<ModelManifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as ModelManifest
    if (manifest.generator !== generator) return null
    const files = [...manifest.models, manifest.classifier, manifest.projection, manifest.published]
    for (const { file, bytes, sha256 } of files) {
      const path = join(folder, file)
      if ((await stat(path)).size !== bytes || (await sha256OfFile(path)) !== sha256) return null
    }
    return manifest
  } catch {
    return null
  }
}
