import type { PlaceRecord } from './gazetteer-file.ts'
import type { Gazetteer } from './gazetteer.ts'

/** A town with what it lies in. */
export interface TownFound {
  readonly town: PlaceRecord
  readonly region: PlaceRecord | null
  readonly country: PlaceRecord
}

/** Blocks that are searched before others are answered: some ten milliseconds. */
const blocksAtOnce = 128

/**
 * Towns by the beginning of any of their names, whole names first, larger towns before smaller ones. All names are read
 * for it (17 MB, 0.12 s of processor time): towns are typed seldom, and an index of names would be as large as the rest.
 * @param name as search compares words
 * @param around a country or region that they lie in, the same way; empty: any
 */
export async function findTowns(
  gazetteer: Gazetteer,
  name: string,
  around: string,
  limit: number,
  betweenBatches: () => Promise<void>,
): Promise<TownFound[]> {
  if (name === '') return []
  const found: { readonly town: number; readonly whole: boolean; readonly reach: number }[] = []
  for (let block = 0; block < gazetteer.blocks; block += 1) {
    for (const { town, names } of gazetteer.townsInBlock(block, name)) {
      const whole = names.includes(name)
      if (whole || names.some((each) => each.startsWith(name)))
        found.push({ town, whole, reach: gazetteer.reachOf(town) })
    }
    if (block % blocksAtOnce === blocksAtOnce - 1) await betweenBatches()
  }
  found.sort((a, b) => Number(b.whole) - Number(a.whole) || b.reach - a.reach)
  const towns: TownFound[] = []
  for (const { town } of found) {
    const parts = partsOf(gazetteer, town)
    if (around === '' || liesIn(parts, around)) towns.push(parts)
    if (towns.length === limit) break
  }
  return towns
}

function partsOf(gazetteer: Gazetteer, town: number): TownFound {
  const { region, country } = gazetteer.around(town)
  return {
    town: gazetteer.town(town),
    region: region === null ? null : gazetteer.region(region),
    country: gazetteer.country(country),
  }
}

const liesIn = ({ region, country }: TownFound, around: string): boolean =>
  [region, country].some((place) => place?.names.some((name) => name.startsWith(around)) === true)
