import { table } from '../cli/output.ts'
import type { Gain, LookFigures } from './careful-look.ts'
import { rounded } from './measure.ts'
import type { FamilyFigures, NetworkFigures } from './networks.ts'

/** What was found of the networks, for people: three sentences, the table, and what a careful look gains. */
export function networksReport({ photos, networks, looks }: FamilyFigures): string[] {
  const parts = [sentences(networks).join('\n'), networkTable(networks, photos)]
  if (networks.some(({ weights }) => weights === 'seeded')) {
    parts.push('Seeded: the real weights are not here, so they were drawn: for time and size only.')
  }
  parts.push(
    networks
      .flatMap(({ name, published }) => (published === null ? [] : `${name}: ${published.source}`))
      .join('\n'),
  )
  if (looks.length > 0) parts.push(lookTable(looks, photos))
  return parts
}

/**
 * What GoogLeNet promised against AlexNet, each with its number here.
 * @throws Error when one of the two is not among the networks
 */
export function sentences(networks: readonly NetworkFigures[]): string[] {
  const find = (beginning: string): NetworkFigures => {
    const found = networks.find(({ name }) => name.startsWith(beginning))
    if (found === undefined) throw new Error(`${beginning} was not measured`)
    return found
  }
  const alexnet = find('AlexNet')
  const published = find('GoogLeNet, as published')
  const own = networks
    .filter(({ name }) => name.startsWith('GoogLeNet, ours'))
    .reduce((best, each) => (each.ms < best.ms ? each : best), published)
  return [
    `GoogLeNet has ${rounded(alexnet.parameters / published.parameters, 1)} times fewer parameters than AlexNet: ` +
      `${millions(published.parameters)} against ${millions(alexnet.parameters)} million.`,
    `${faster(alexnet.ms, own.ms)} than AlexNet: ${own.ms} ms a photo against ${alexnet.ms} ` +
      `(as published ${published.ms} ms, with ${rounded(published.multiplyAdds / alexnet.multiplyAdds, 1)} times the multiply-adds).`,
    `It classifies better: ${accuracy(published.published)} % right at the first guess and among five, AlexNet ` +
      `${accuracy(alexnet.published)} %, as published; here ${accuracy(published.measured)} %, AlexNet's weights are not here.`,
  ]
}

function millions(size: number): number {
  return rounded(size / 1e6, 1)
}

function faster(theirs: number, ours: number): string {
  return ours <= theirs
    ? `It is computed ${rounded(theirs / ours, 1)} times faster`
    : `It is computed ${rounded(ours / theirs, 1)} times slower`
}

function accuracy(of: { readonly first: number; readonly amongFive: number | null } | null): string {
  if (of === null) return '–'
  return `${of.first} / ${of.amongFive ?? '–'}`
}

function networkTable(networks: readonly NetworkFigures[], photos: number): string {
  return table(
    [
      'network',
      'weights',
      'layers',
      'million parameters',
      'MB',
      'G multiply-adds',
      'ms a photo',
      'published, %',
      photos === 0 ? 'measured, %' : `measured on ${photos}, %`,
    ],
    networks.map((each) => [
      each.name,
      each.weights,
      each.layers,
      rounded(each.parameters / 1e6, each.parameters < 1e6 ? 3 : 2),
      each.megabytes,
      rounded(each.multiplyAdds / 1e9, each.multiplyAdds < 1e8 ? 4 : 2),
      each.ms,
      accuracy(each.published),
      accuracy(each.measured),
    ]),
  )
}

function lookTable(looks: readonly LookFigures[], photos: number): string {
  return table(
    [
      `careful look, ${photos} photos`,
      'views',
      'first, %',
      'points',
      'among five, %',
      'points',
      'ms a photo',
    ],
    looks.map(({ look, views, first, firstGain, amongFive, amongFiveGain, ms }) => [
      look,
      views,
      first,
      look === 'plain' ? '' : interval(firstGain),
      amongFive,
      look === 'plain' ? '' : interval(amongFiveGain),
      ms,
    ]),
  )
}

function interval({ points, low, high }: Gain): string {
  return `${points} [${low}, ${high}]`
}
