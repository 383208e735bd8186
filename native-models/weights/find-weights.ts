import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { download } from './download.ts'
import { type KnownWeights, knownWeights, zooAddress, zooWeights } from './known-files.ts'
import { sha256OfFile } from './sha256.ts'

/** The weights are not to be had; the message says what to put where. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError'
}

export interface WeightsPlaces {
  /** Searched in this order; the last resort is the download. */
  readonly folders: readonly string[]
  /** Where a downloaded file is kept. */
  readonly cacheFolder: string
  /** Default: the zoo's. */
  readonly address?: string
  readonly onProgress?: (received: number, total: number) => void
  readonly pauseBetweenAttempts?: number
}

/** Where a checkout looks: the folder in KARTOTEKA_MODELS, its own cache, the material beside the project. */
export function usualFolders(projectFolder: string, cacheFolder: string): string[] {
  const named = process.env['KARTOTEKA_MODELS']
  return [...(named ? [resolve(named)] : []), cacheFolder, resolve(projectFolder, '../shared/native-models')]
}

/**
 * Path of a file with the weights whose hash has been checked.
 * @throws WeightsError when a file with the right name is not the right file, or when there is none and it
 * cannot be fetched.
 */
export async function findWeights(places: WeightsPlaces): Promise<string> {
  for (const folder of places.folders) {
    for (const known of knownWeights) {
      const path = join(folder, known.fileName)
      if (await exists(path)) return await checked(path, known)
    }
  }
  return await fetchWeights(places)
}

async function checked(path: string, known: KnownWeights): Promise<string> {
  const sha256 = await sha256OfFile(path)
  if (knownWeights.some((weights) => weights.sha256 === sha256)) return path
  throw new WeightsError(
    `${path} is not the GoogLeNet file it should be: its SHA-256 is ${sha256}, expected ${known.sha256}. ` +
      `Replace it with ${known.fileName} (${known.bytes} bytes) or remove it.`,
  )
}

async function fetchWeights(places: WeightsPlaces): Promise<string> {
  const address = places.address ?? zooAddress
  const path = join(places.cacheFolder, zooWeights.fileName)
  await mkdir(places.cacheFolder, { recursive: true })
  try {
    await download({
      address,
      path,
      bytes: zooWeights.bytes,
      sha256: zooWeights.sha256,
      onProgress: (received) => places.onProgress?.(received, zooWeights.bytes),
      ...(places.pauseBetweenAttempts === undefined
        ? {}
        : { pauseBetweenAttempts: places.pauseBetweenAttempts }),
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new WeightsError(
      `The GoogLeNet weights are missing. ${message} Put ${zooWeights.fileName} (${zooWeights.bytes} bytes, ` +
        `SHA-256 ${zooWeights.sha256}) into ${places.cacheFolder}, or name its folder in KARTOTEKA_MODELS.`,
      { cause: error },
    )
  }
  return path
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
