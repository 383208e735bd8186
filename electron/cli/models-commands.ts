import { resolve } from 'node:path'
import * as v from 'valibot'
import { tryNetwork } from '../core/classify/network-trial.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { networkInterface, type Network, type NetworkInterface } from '../core/contract/networks.ts'
import type { Library } from '../core/library/library.ts'
import { changeNetwork } from '../core/library/photos/network-choice.ts'
import { listRoots } from '../core/library/roots/roots.ts'
import { createNetworks, type Networks } from '../service/networks.ts'
import { trialProcess } from '../service/network-trial.ts'
import { threadEntries } from '../worker/entries.ts'
import { reportedIndex } from './index-command.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { withLibrary, withWritableLibrary } from './open.ts'
import { print, printable, printJson, table } from './output.ts'
import { bytesBar } from './progress-bar.ts'

export interface AddOptions extends CommonOptions {
  readonly layout?: 'nchw' | 'nhwc'
  readonly order: 'rgb' | 'bgr'
  readonly mean?: readonly [number, number, number]
  readonly deviation?: readonly [number, number, number]
  readonly output: 'probabilities' | 'logits'
}

/** `kartoteka models` */
export async function listCommand(options: CommonOptions): Promise<void> {
  const networks = await withLibrary(options, (library) => networksOf(library, () => {}).list())
  await (options.json === true ? printJson(networks) : print(listing(networks)))
}

/** `kartoteka models add FILE [--layout … --order … --mean … --deviation … --output …]` */
export async function addCommand(file: string, options: AddOptions): Promise<void> {
  const how = interfaceOf(options)
  await withNetworks(options, async (networks) => {
    const id = await networks.add(resolve(file), how)
    const added = await found(networks, id)
    const told = `${added.name} is here. \`kartoteka models try ${id}\` shows whether it works.`
    await (options.json === true ? printJson(added) : print(printable(told)))
  })
}

/** `kartoteka models try NAME` */
export async function tryCommand(name: string, options: CommonOptions): Promise<void> {
  await withNetworks(options, async (networks) => {
    const { id } = await found(networks, name)
    const trial = await networks.tryOne(id)
    const list = await networks.list()
    const tried = list.find((each) => each.id === id)
    await (options.json === true
      ? printJson({ id, ...trial })
      : print(printable(tried === undefined ? '' : remarks(tried, list).join('\n'))))
    if (trial.outcome !== 'works')
      throw new KartotekaError('model-invalid', `It cannot be used: ${trial.reason}`)
  })
}

/** `kartoteka models use NAME` */
export async function useCommand(name: string, options: CommonOptions): Promise<void> {
  const roots = await withNetworks(options, async (networks, library) => {
    const { id } = await found(networks, name)
    await networks.makeReady(id)
    changeNetwork(library, id)
    return listRoots(library).map(({ path }) => path)
  })
  if (roots.length > 0)
    await reportedIndex({ library: libraryFolder(options), folders: roots, resume: true }, options)
  else if (options.json !== true) await print(`${name} looks at photos from now on.`)
}

/** `kartoteka models free [NAME]` */
export async function freeCommand(name: string | null, options: CommonOptions): Promise<void> {
  const freed = await withNetworks(options, async (networks) => {
    const list = await networks.list()
    const meant =
      name === null
        ? list.filter(({ used, kept }) => !used && kept.photos > 0)
        : [await found(networks, name)]
    for (const { id } of meant) await networks.free(id)
    return meant.map(({ id, kept }) => ({ id, photos: kept.photos, bytes: kept.bytes }))
  })
  const bytes = freed.reduce((sum, each) => sum + each.bytes, 0)
  await (options.json === true
    ? printJson({ freed })
    : print(`About ${megabytes(bytes)} of results were given up.`))
}

function networksOf(
  library: Library,
  onFetching: Parameters<typeof createNetworks>[0]['onFetching'],
): Networks {
  return createNetworks({ library, tryOut: trialProcess(threadEntries.trial, tryNetwork), onFetching })
}

async function withNetworks<Value>(
  options: CommonOptions,
  work: (networks: Networks, library: Library) => Promise<Value>,
): Promise<Value> {
  const bar = await bytesBar()
  try {
    return await withWritableLibrary(options, (library) =>
      work(
        networksOf(library, (fetching) => {
          if (fetching === null) bar.end()
          else bar.show({ done: fetching.received, total: fetching.total })
        }),
        library,
      ),
    )
  } finally {
    bar.end()
  }
}

/** By its id, or its name in any case. */
async function found(networks: Networks, name: string): Promise<Network> {
  const list = await networks.list()
  const same = (text: string): boolean => text.toLowerCase() === name.trim().toLowerCase()
  const network = list.find((each) => same(each.id)) ?? list.find((each) => same(each.name))
  if (network === undefined) {
    throw new KartotekaError(
      'not-found',
      `There is no network ${name}. \`kartoteka models\` lists those there are.`,
    )
  }
  return network
}

/** @throws KartotekaError `invalid-input` */
function interfaceOf({ layout, order, mean, deviation, output }: AddOptions): NetworkInterface | null {
  if (layout === undefined) return null
  const input = { layout, order, mean: mean ?? [0, 0, 0], deviation: deviation ?? [1, 1, 1] }
  const how = v.safeParse(networkInterface, { input, output })
  if (how.success) return how.output
  throw new KartotekaError('invalid-input', 'The mean must be numbers, and the deviation numbers above 0.')
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

function listing(networks: readonly Network[]): string {
  const rows = networks.map((each) => [
    each.used ? '*' : '',
    each.id,
    each.name,
    each.bytes === 0 ? '' : megabytes(each.bytes),
    each.here ? 'yes' : 'no',
    [each.published.first, each.published.five].map((percent) => percent ?? '–').join(' / '),
    typeof each.trial?.milliseconds === 'number' ? each.trial.milliseconds.toFixed(1) : '',
    each.licence ?? '',
    each.interface === null ? 'as it is' : inputOf(each.interface),
    each.interface?.output ?? 'probabilities',
    each.kept.photos === 0 ? '' : `${each.kept.photos} photos, ${megabytes(each.kept.bytes)}`,
  ])
  const heading = [
    '',
    'name',
    '',
    'size',
    'here',
    'right, %',
    'ms here',
    'licence',
    'input',
    'output',
    'kept',
  ]
  const notes = networks.filter(({ used, here }) => used || here).flatMap((each) => remarks(each, networks))
  return [table(heading, rows), ...notes.map(printable)].join('\n')
}

function inputOf({ input }: NetworkInterface): string {
  const { layout, order, mean, deviation } = input
  return `${layout} ${order} (x − ${mean.join(' ')}) ÷ ${deviation.join(' ')}`
}

/** What a person should know of a network before it is used. */
function remarks(network: Network, all: readonly Network[]): string[] {
  const { name, trial, order, hasFeatures, cutOffs, used } = network
  const now = all.find((each) => each.used)?.trial?.milliseconds ?? null
  const lines: string[] = []
  if (trial !== null)
    lines.push(
      `${trial.reason}${trial.milliseconds === null ? '' : ` ${trial.milliseconds.toFixed(1)} ms a photo.`}`,
    )
  if (now !== null && typeof trial?.milliseconds === 'number' && trial.milliseconds > now) {
    lines.push(`It is ${(trial.milliseconds / now).toFixed(1)} times slower than the one that is used.`)
  }
  if (order === 'unknown')
    lines.push('Whether its classes are in the order of ImageNet is not known: labels may be wrong.')
  if (!hasFeatures)
    lines.push('New photos get no similar photos, taught words or maps of where something was seen.')
  if (used && cutOffs === 'derived')
    lines.push('Its cut-offs are derived: as large a share of the photos is found as with GoogLeNet.')
  if (used && cutOffs === 'taken-over')
    lines.push('Its cut-offs are GoogLeNet’s: too few photos were seen by both.')
  return lines.map((line) => `${name}: ${line}`)
}
