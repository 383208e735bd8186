import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { download } from './download.ts'
import { type KnownWeights, knownWeights } from './known-files.ts'
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
  /** Files that will do, in the order in which a folder is searched. Default: GoogLeNet's. */
  readonly known?: readonly KnownWeights[]
  readonly onProgress?: (received: number, total: number) => void
  readonly pauseBetweenRounds?: number
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
  const { folders, known = knownWeights } = places
  for (const folder of folders) {
    for (const each of known) {
      const path = join(folder, each.fileName)
      if (await exists(path)) return await checked(path, each, known)
    }
  }
  return await fetchWeights(places, known)
}

/**
 * Takes a file that a person chose, whatever its name, if its hash is right, and keeps a copy of it.
 * @returns path of the copy, in `cacheFolder`.
 * @throws WeightsError
 */
export async function keepChosen(
  chosen: string,
  { cacheFolder, known = knownWeights }: Pick<WeightsPlaces, 'cacheFolder' | 'known'>,
): Promise<string> {
  const found = await stat(chosen).catch(() => null)
  if (!found?.isFile()) throw new WeightsError(`${chosen} is not a file that can be read.`)
  // Also what a person chose by mistake may be large.
  const alike = known.filter(({ bytes }) => bytes === found.size)
  const sha256 = alike.length === 0 ? null : await sha256OfFile(chosen)
  const right = alike.find((weights) => weights.sha256 === sha256)
  if (!right) {
    const flaw = sha256 === null ? `it has ${found.size} bytes` : `its SHA-256 is ${sha256}`
    throw new WeightsError(
      `${chosen} does not hold the weights of the network: ${flaw}. Wanted is ${known.map(described).join(' or ')}.`,
    )
  }
  const path = join(cacheFolder, right.fileName)
  if (resolve(chosen) === resolve(path)) return path
  await mkdir(cacheFolder, { recursive: true })
  const copy = `${path}.${process.pid}.part`
  try {
    await copyFile(chosen, copy)
    await rename(copy, path)
  } finally {
    await rm(copy, { force: true })
  }
  return path
}

async function checked(path: string, wanted: KnownWeights, known: readonly KnownWeights[]): Promise<string> {
  const sha256 = await sha256OfFile(path)
  if (known.some((weights) => weights.sha256 === sha256)) return path
  throw new WeightsError(
    `${path} is not the GoogLeNet file it should be: its SHA-256 is ${sha256}, expected ${wanted.sha256}. ` +
      `Replace it with ${wanted.fileName} (${wanted.bytes} bytes) or remove it.`,
  )
}

async function fetchWeights(places: WeightsPlaces, known: readonly KnownWeights[]): Promise<string> {
  const { cacheFolder, onProgress, pauseBetweenRounds } = places
  const wanted = known.find(({ homes }) => homes.length > 0)
  const advice = `Put ${known.map(described).join(' or ')} into ${cacheFolder}, or name its folder in KARTOTEKA_MODELS.`
  if (wanted === undefined) throw new WeightsError(`The GoogLeNet weights are missing. ${advice}`)
  const { homes, bytes, sha256, fileName } = wanted
  const path = join(cacheFolder, fileName)
  await mkdir(cacheFolder, { recursive: true })
  try {
    await download({
      homes,
      path,
      bytes,
      sha256,
      onProgress: (received) => onProgress?.(received, bytes),
      ...(pauseBetweenRounds === undefined ? {} : { pauseBetweenRounds }),
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new WeightsError(`The GoogLeNet weights are missing. ${message} ${advice}`, { cause: error })
  }
  return path
}

const described = ({ fileName, bytes, sha256 }: KnownWeights): string =>
  `${fileName} (${bytes} bytes, SHA-256 ${sha256})`

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
