import type { Language } from '../contract/languages.ts'
import type { MapTown } from '../contract/map.ts'
import type { Town } from '../contract/placing.ts'
import { findTowns, type TownFound } from '../places/find-towns.ts'
import type { PlaceRecord } from '../places/gazetteer-file.ts'
import type { Gazetteer } from '../places/gazetteer.ts'
import { wordsOf } from './language/words.ts'

/** Towns that are offered. */
const mostOffered = 20
/** Towns whose names are remembered for the map. */
const mostKnown = 2000

/** Towns of the gazetteer that a text may mean: "springfield", "paris, texas". Also those where no photo was taken. */
export async function townsMeant(
  gazetteer: Gazetteer,
  text: string,
  language: Language,
  betweenBatches: () => Promise<void>,
): Promise<Town[]> {
  const [name = '', ...around] = text.split(',')
  const found = await findTowns(
    gazetteer,
    wordsOf(name),
    wordsOf(around.join(' ')),
    mostOffered,
    betweenBatches,
  )
  return found.flatMap((each) => townIn(language, each))
}

/** Towns named at a time: each may lie in another block of names, which is a millisecond to unpack. */
const namedAtOnce = 8
const knownTowns = new WeakMap<Gazetteer, Map<number, PlaceRecord>>()

/** What towns of the gazetteer are called, and where they lie. */
export async function namedTowns(
  gazetteer: Gazetteer,
  towns: readonly number[],
  language: Language,
  betweenBatches: () => Promise<void>,
): Promise<MapTown[]> {
  const known = knownTowns.get(gazetteer) ?? new Map<number, PlaceRecord>()
  knownTowns.set(gazetteer, known)
  const unknown = towns.filter((town) => !known.has(town))
  for (const [at, town] of unknown.entries()) {
    // A map that is moved a little asks for the same ones again.
    if (known.size >= mostKnown) known.clear()
    known.set(town, gazetteer.town(town))
    if (at % namedAtOnce === namedAtOnce - 1) await betweenBatches()
  }
  return towns.flatMap((town) => {
    const { name, shown, position } = known.get(town) ?? gazetteer.town(town)
    return position === null
      ? []
      : [
          {
            name: shown[language] ?? name,
            latitude: rounded(position.latitude),
            longitude: rounded(position.longitude),
          },
        ]
  })
}

function townIn(language: Language, { town, region, country }: TownFound): Town[] {
  const nameOf = ({ name, shown }: PlaceRecord): string => shown[language] ?? name
  if (town.position === null) return []
  const { latitude, longitude } = town.position
  return [
    {
      key: town.key,
      name: nameOf(town),
      region: region === null ? null : nameOf(region),
      country: nameOf(country),
      latitude: rounded(latitude),
      longitude: rounded(longitude),
    },
  ]
}

/** Degrees to some ten metres: middles of towns are not known better. */
const rounded = (degrees: number): number => Math.round(degrees * 10_000) / 10_000
