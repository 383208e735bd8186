import type { Language } from '../contract/languages.ts'
import type { Town } from '../contract/placing.ts'
import { findTowns, type TownFound } from '../places/find-towns.ts'
import type { PlaceRecord } from '../places/gazetteer-file.ts'
import type { Gazetteer } from '../places/gazetteer.ts'
import { wordsOf } from './language/words.ts'

/** Towns that are offered. */
const mostOffered = 20

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
