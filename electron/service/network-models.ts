import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findModels, modelFolders, type ModelFile, type ModelFiles } from '../core/classify/model-files.ts'
import { storedModel, storedNetworks } from '../core/classify/network-store.ts'
import { KartotekaError, toFailure, valueOf, type Result } from '../core/contract/failure.ts'
import { ownNetwork, type NetworkId } from '../core/contract/networks.ts'
import type { Library } from '../core/library/library.ts'
import { networkChoice } from '../core/library/photos/network-choice.ts'
import { networksFolder } from '../core/library/upkeep/library-files.ts'

/** GoogLeNet in a tenth of its size, as native-models/compress makes it, in a folder beside the app's models. */
export const compressedNetwork: NetworkId = 'googlenet-small'

/**
 * The model of the network that a library uses; `null` where that is the app's own, of which the model provider knows
 * more.
 */
export async function modelInUse(library: Library): Promise<Result<ModelFile> | null> {
  const { used } = networkChoice(library)
  if (used === ownNetwork) return null
  try {
    return { ok: true, value: await modelOf(library, used) }
  } catch (error) {
    return { ok: false, error: toFailure(error) }
  }
}

/** A network as it is run on the CPU. @throws KartotekaError `model-missing`, `model-invalid` */
export async function modelOf(library: Library, id: NetworkId): Promise<ModelFile> {
  if (id === ownNetwork) return bestOf(await findModels())
  if (id === compressedNetwork) {
    const { identity, ...model } = bestOf(await compressedModels())
    return { ...model, identity: { ...identity, network: id } }
  }
  const folder = networksFolder(library.folder)
  const stored = storedNetworks(folder).find((each) => each.id === id)
  if (stored === undefined)
    throw new KartotekaError('model-missing', `The network ${id} is not on this computer.`)
  return await storedModel(folder, stored)
}

/** Those of the compressed network, where they were made: `npm run model -- --compress`. */
export function compressedModels(): Promise<Result<ModelFiles>> {
  const folders = modelFolders().map((folder) => join(folder, compressedNetwork))
  return findModels(folders.find((folder) => existsSync(folder)) ?? folders.at(-1) ?? compressedNetwork)
}

/** @throws KartotekaError why there are none */
export function bestOf(found: Result<ModelFiles>): ModelFile {
  const { int8, fp32 } = valueOf(found)
  return int8 ?? fp32
}
