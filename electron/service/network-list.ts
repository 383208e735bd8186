import { stat } from 'node:fs/promises'
import { findModels, type ModelFiles } from '../core/classify/model-files.ts'
import { networkTrials, storedNetworks } from '../core/classify/network-store.ts'
import type { Result } from '../core/contract/failure.ts'
import { ownNetwork, type Network, type NetworkId } from '../core/contract/networks.ts'
import type { Library } from '../core/library/library.ts'
import { derivedCutOffs } from '../core/library/photos/cut-offs.ts'
import { keptResults } from '../core/library/photos/kept-results.ts'
import { networkChoice } from '../core/library/photos/network-choice.ts'
import { networksFolder } from '../core/library/upkeep/library-files.ts'
import type { ZooNetwork } from '../../native-models/zoo/networks.ts'
import { bestOf, compressedModels, compressedNetwork } from './network-models.ts'

/** Pictures by which the order of the classes is recognised. */
const enoughRecognised = 2
const noneKept = { photos: 0, bytes: 0 }

type About = Pick<Network, 'id' | 'used' | 'trial' | 'order' | 'cutOffs' | 'kept'>

/** The app's own, the person's, those of the zoo. @param machine on which they were tried */
export async function listNetworks(
  library: Library,
  zoo: readonly ZooNetwork[],
  machine: string,
): Promise<Network[]> {
  const folder = networksFolder(library.folder)
  const { used, before } = networkChoice(library)
  const trials = networkTrials(folder, machine)
  const kept = keptResults(library)
  const stored = storedNetworks(folder)

  const about = (id: NetworkId, isDocumented: boolean): About => {
    const trial = trials.get(id) ?? null
    const isRecognised = (trial?.recognised ?? 0) >= enoughRecognised
    const isDerived = derivedCutOffs(library, id) !== null
    return {
      id,
      used: id === used,
      trial,
      order: isDocumented ? 'documented' : isRecognised ? 'recognised' : 'unknown',
      cutOffs: id === ownNetwork ? 'measured' : isDerived ? 'derived' : 'taken-over',
      kept: (before.includes(id) ? kept.get(id) : undefined) ?? noneKept,
    }
  }
  const fromZoo = zoo.map((each): Network => ({
    ...about(each.id, true),
    name: each.name,
    origin: 'zoo',
    here: stored.some(({ id }) => id === each.id),
    bytes: each.bytes,
    interface: each.interface,
    licence: each.licence,
    published: { first: each.first, five: each.five },
    hasFeatures: false,
  }))
  const ofPerson = stored
    .filter(({ origin }) => origin === 'person')
    .map((each): Network => ({
      ...about(each.id, false),
      name: each.name,
      origin: 'person',
      here: true,
      bytes: each.bytes,
      interface: each.interface,
      licence: null,
      published: { first: null, five: null },
      hasFeatures: false,
    }))
  return [...(await ofApp(about)), ...ofPerson, ...fromZoo]
}

/** GoogLeNet as it comes with the app, and compressed where that was made. */
async function ofApp(about: (id: NetworkId, isDocumented: boolean) => About): Promise<Network[]> {
  const inApp = {
    origin: 'app',
    interface: null,
    licence: 'unrestricted',
    hasFeatures: true,
  } as const
  const [found, small] = [await findModels(), await compressedModels()]
  return [
    {
      ...about(ownNetwork, true),
      ...inApp,
      name: 'GoogLeNet',
      here: found.ok,
      bytes: await bytesOf(found),
      published: { first: 68.7, five: 88.9 },
    },
    {
      ...about(compressedNetwork, true),
      ...inApp,
      name: 'GoogLeNet, compressed',
      here: small.ok,
      bytes: await bytesOf(small),
      // native-models/compress/README.md has what was measured on 650 photos; nobody published it on all.
      published: { first: null, five: null },
    },
  ]
}

async function bytesOf(models: Result<ModelFiles>): Promise<number> {
  return models.ok ? (await stat(bestOf(models).path)).size : 0
}
