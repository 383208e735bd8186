import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import * as v from 'valibot'
import { KartotekaError } from '../contract/failure.ts'
import {
  networkId,
  networkInterface,
  networkTrial,
  type NetworkId,
  type NetworkTrial,
} from '../contract/networks.ts'
import { systemReason } from '../paths/system-reason.ts'
import { sha256OfFile, type ModelFile } from './model-files.ts'
import { externalFilesOf } from './onnx-file.ts'

/**
 * Networks that are none of the app's own, in a folder of the library: of each a folder by its id with its file, the files
 * in which that keeps constants, and what is known of it.
 */

const recordName = 'network.json'
const trialsName = 'trials.json'

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const storedSchema = v.object({
  id: networkId,
  name: v.string(),
  origin: v.picklist(['zoo', 'person']),
  /** Its name in the network's folder. */
  file: v.pipe(v.string(), v.regex(/^[^/\\]+\.onnx$/)),
  /** Of the file alone. */
  bytes: v.number(),
  sha256,
  precision: v.picklist(['fp32', 'int8']),
  interface: networkInterface,
})
export type StoredNetwork = v.InferOutput<typeof storedSchema>

/** Those that are there whole; what cannot be read is passed over. */
export function storedNetworks(folder: string): StoredNetwork[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const record = v.safeParse(storedSchema, readJson(join(folder, name, recordName)))
      return record.success && record.output.id === name ? record.output : []
    })
}

/**
 * Copies a file into the store, with those in which it keeps constants.
 * @throws KartotekaError `model-invalid` or `disk-full`, naming the file and what to do; nothing is kept then
 */
export async function storeNetwork(folder: string, path: string, network: StoredNetwork): Promise<void> {
  const part = join(folder, `${network.id}.${process.pid}.part`)
  try {
    const others = externalPaths(path)
    await mkdir(part, { recursive: true })
    await copyFile(path, join(part, network.file))
    for (const { from, name } of others) {
      const to = join(part, name)
      await mkdir(dirname(to), { recursive: true })
      await copyFile(from, to)
    }
    await writeFile(join(part, recordName), `${JSON.stringify(network, null, 2)}\n`)
    await rm(join(folder, network.id), { recursive: true, force: true })
    await rename(part, join(folder, network.id))
  } catch (error) {
    if (error instanceof KartotekaError) throw error
    throw new KartotekaError('model-invalid', `${basename(path)} cannot be taken in: ${systemReason(error)}.`)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

export async function removeNetwork(folder: string, id: NetworkId): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true })
}

/** @throws KartotekaError `model-invalid` for constants outside the folder of the file, or that are not there; as `externalFilesOf` */
function externalPaths(path: string): { readonly from: string; readonly name: string }[] {
  const home = dirname(realpathSync(path))
  const refuse = (why: string): KartotekaError =>
    new KartotekaError('model-invalid', `${basename(path)} ${why}`)
  return externalFilesOf(path).map((name) => {
    const from = join(home, name)
    const real = existsSync(from) ? realpathSync(from) : from
    // A link may lead out of the folder as well.
    if (isAbsolute(name) || !isBelow(from, home) || !isBelow(real, home)) {
      throw refuse(`wants to read ${name}, outside its folder. It is not opened: get it from somewhere else.`)
    }
    if (!statSync(real, { throwIfNoEntry: false })?.isFile()) {
      throw refuse(`keeps its constants in ${name}, which is not beside it. Put it there, or get both anew.`)
    }
    return { from: real, name: relative(home, from) }
  })
}

const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/**
 * A network of the store as it is run.
 * @throws KartotekaError `model-missing`, `model-invalid`, naming the file, where it is not what was taken in
 */
export async function storedModel(folder: string, network: StoredNetwork): Promise<ModelFile> {
  const path = join(folder, network.id, network.file)
  const remedy = 'Choose another network in the settings, or fetch this one again.'
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new KartotekaError('model-missing', `${path} is missing. ${remedy}`)
  if (found.size !== network.bytes || (await sha256OfFile(path)) !== network.sha256) {
    throw new KartotekaError('model-invalid', `${path} is not the file that was taken in. ${remedy}`)
  }
  return {
    path,
    identity: {
      name: network.name,
      precision: network.precision,
      sha256: identityHash(network),
      network: network.id,
    },
    projection: null,
    interface: network.interface,
  }
}

/** Hex: the same file that takes photos in another way gives other results. */
export function identityHash({
  sha256,
  interface: how,
}: Pick<StoredNetwork, 'sha256' | 'interface'>): string {
  return createHash('sha256')
    .update(`${sha256} ${JSON.stringify(how)}`)
    .digest('hex')
}

const trialsSchema = v.record(v.string(), v.object({ machine: v.string(), trial: networkTrial }))

/** What came of trying networks on this machine. */
export function networkTrials(folder: string, machine: string): ReadonlyMap<NetworkId, NetworkTrial> {
  const kept = v.safeParse(trialsSchema, readJson(join(folder, trialsName)))
  const trials = Object.entries(kept.success ? kept.output : {})
  return new Map(
    trials.flatMap(([id, each]) => (each.machine === machine ? [[id, each.trial] as const] : [])),
  )
}

/** @param trial `null`: it is as good as never tried */
export async function noteNetworkTrial(
  folder: string,
  id: NetworkId,
  machine: string,
  trial: NetworkTrial | null,
): Promise<void> {
  const kept = v.safeParse(trialsSchema, readJson(join(folder, trialsName)))
  const { [id]: _, ...others } = kept.success ? kept.output : {}
  const next = trial === null ? others : { ...others, [id]: { machine, trial } }
  await mkdir(folder, { recursive: true })
  const part = join(folder, `${trialsName}.${process.pid}.part`)
  await writeFile(part, `${JSON.stringify(next, null, 2)}\n`)
  await rename(part, join(folder, trialsName))
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
