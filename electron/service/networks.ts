import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { thisMachine } from '../core/classify/choice.ts'
import { sha256OfFile, type ModelFile } from '../core/classify/model-files.ts'
import {
  identityHash,
  networkTrials,
  noteNetworkTrial,
  removeNetwork,
  storedNetworks,
  storeNetwork,
  type StoredNetwork,
} from '../core/classify/network-store.ts'
import { externalFilesOf } from '../core/classify/onnx-file.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import type {
  Network,
  NetworkFetching,
  NetworkId,
  NetworkInterface,
  NetworkTrial,
} from '../core/contract/networks.ts'
import { oneAtATime } from '../core/contract/one-at-a-time.ts'
import { yieldToEventLoop, type Library } from '../core/library/library.ts'
import { dropKeptOf } from '../core/library/photos/kept-results.ts'
import { forgetFormer, networkChoice } from '../core/library/photos/network-choice.ts'
import { networksFolder } from '../core/library/upkeep/library-files.ts'
import { download } from '../../native-models/weights/download.ts'
import { homeOf, zooNetworks, type ZooNetwork } from '../../native-models/zoo/networks.ts'
import { listNetworks } from './network-list.ts'
import { modelOf } from './network-models.ts'
import type { TryOut } from './network-trial.ts'

/** The networks that can look at the photos of a library. */
export interface Networks {
  readonly list: () => Promise<Network[]>
  /** @throws KartotekaError `not-found`, `model-missing`, `model-invalid` */
  readonly add: (path: string, how: NetworkInterface | null) => Promise<NetworkId>
  /** Fetches it if it is not here, and tries it. @throws KartotekaError as `add` */
  readonly tryOne: (id: NetworkId) => Promise<NetworkTrial>
  /** The same, unless that was done before. @throws KartotekaError `model-invalid` where it did not work */
  readonly makeReady: (id: NetworkId) => Promise<void>
  /** @throws KartotekaError `invalid-input` for one that is in use */
  readonly free: (id: NetworkId) => Promise<void>
}

export interface NetworksOptions {
  readonly library: Library
  readonly tryOut: TryOut
  /** `null`: nothing is being fetched any more. */
  readonly onFetching: (fetching: NetworkFetching['fetching']) => void
  /** Default: those of native-models/zoo, and their homes. */
  readonly zoo?: readonly ZooNetwork[]
  readonly homesOf?: (network: ZooNetwork) => readonly string[]
}

export function createNetworks(options: NetworksOptions): Networks {
  const { library, tryOut, onFetching, zoo = zooNetworks, homesOf = (each) => [homeOf(each)] } = options
  const folder = networksFolder(library.folder)
  const machine = thisMachine().description
  /** Downloads and trials, one after the other: each wants the whole line or the whole processor. */
  const inLine = oneAtATime()

  const describe = (
    path: string,
    sha256: string,
    bytes: number,
    how: NetworkInterface | null,
  ): StoredNetwork => {
    const known = zoo.find((each) => each.sha256 === sha256)
    if (known !== undefined) {
      const { id, name, file, precision } = known
      return { id, name, origin: 'zoo', file, bytes, sha256, precision, interface: known.interface }
    }
    if (how === null) {
      throw new KartotekaError(
        'invalid-input',
        `${basename(path)} is none of the networks that Kartoteka knows. Say how it takes photos: layout, order of the channels, mean and deviation.`,
      )
    }
    return {
      id: `own-${identityHash({ sha256, interface: how }).slice(0, 16)}`,
      name: basename(path).replace(/\.onnx$/i, ''),
      origin: 'person',
      file: 'network.onnx',
      bytes,
      sha256,
      precision: 'fp32',
      interface: how,
    }
  }

  const add: Networks['add'] = async (path, how) => {
    const found = await stat(path).catch(() => null)
    if (!found?.isFile()) throw new KartotekaError('not-found', `${path} is no file that can be read.`)
    // What is too large or no network at all is told before it is read to its end.
    externalFilesOf(path)
    const network = describe(path, await sha256OfFile(path), found.size, how)
    await storeNetwork(folder, path, network)
    await noteNetworkTrial(folder, network.id, machine, null)
    return network.id
  }

  const fetchOne = async (wanted: ZooNetwork): Promise<void> => {
    const { id, bytes, sha256, file } = wanted
    await mkdir(folder, { recursive: true })
    const path = join(folder, file)
    try {
      onFetching({ id, received: 0, total: bytes })
      await download({
        homes: homesOf(wanted),
        path,
        bytes,
        sha256,
        onProgress: (received) => {
          onFetching({ id, received, total: bytes })
        },
      })
      await storeNetwork(folder, path, describe(path, sha256, bytes, null))
    } catch (error) {
      if (error instanceof KartotekaError) throw error
      throw new KartotekaError(
        'model-missing',
        `${wanted.name} could not be fetched. ${toFailure(error).message}`,
      )
    } finally {
      onFetching(null)
      // What is not whole yet has another name, and is gone on with.
      await rm(path, { force: true })
    }
  }

  const present = async (id: NetworkId): Promise<ModelFile> => {
    const wanted = zoo.find((each) => each.id === id)
    if (wanted !== undefined && !storedNetworks(folder).some((each) => each.id === id)) await fetchOne(wanted)
    return await modelOf(library, id)
  }

  const tryHere: Networks['tryOne'] = async (id) => {
    const model = await present(id)
    // Should it take this process down, the next one knows.
    await noteNetworkTrial(folder, id, machine, crashed)
    const trial = await tryOut(model)
    await noteNetworkTrial(folder, id, machine, trial)
    // To be told whether it is slower.
    const { used } = networkChoice(library)
    if (!networkTrials(folder, machine).has(used)) await tryHere(used).catch(() => null)
    return trial
  }

  return {
    list: () => listNetworks(library, zoo, machine),
    add: (path, how) => inLine(() => add(path, how)),
    tryOne: (id) => inLine(() => tryHere(id)),
    makeReady: (id) =>
      inLine(async () => {
        const model = await present(id)
        const known = networkTrials(folder, machine).get(id)
        const trial = known?.outcome === 'works' ? known : await tryHere(id)
        if (trial.outcome === 'works') return
        throw new KartotekaError(
          'model-invalid',
          `${basename(model.path)} (${model.identity.name}) cannot be used: ${trial.reason} The network that was used before goes on.`,
        )
      }),
    free: (id) =>
      inLine(async () => {
        if (networkChoice(library).used === id) {
          throw new KartotekaError(
            'invalid-input',
            `${id} looks at the photos: choose another network first.`,
          )
        }
        forgetFormer(library, id)
        await dropKeptOf(library, id, yieldToEventLoop)
        await removeNetwork(folder, id)
      }),
  }
}

const crashed: NetworkTrial = {
  outcome: 'crashed',
  reason: 'The program ended while it was being tried.',
  milliseconds: null,
  recognised: 0,
  shown: 0,
}
