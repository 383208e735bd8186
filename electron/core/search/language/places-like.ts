import { baseForms } from '../../labels/word-forms.ts'
import { soundKey } from '../../places/sound-key.ts'
import { distance } from '../../places/sphere.ts'
import { wordsOf } from './words.ts'

/** A place in which photos were taken, or in which such a place lies. */
export interface Place {
  readonly id: number
  readonly kind: 'country' | 'region' | 'town'
  readonly parentId: number | null
  readonly name: string
  /** As it is kept: JSON. */
  readonly shown: string
  readonly country: string
  readonly latitude: number | null
  readonly longitude: number | null
  /** In all languages, as words are compared, one a line. */
  readonly names: string
}

/** Places by what they are called. */
export interface PlaceNames {
  /** Some place has this very name, or the words are case forms of it. */
  readonly has: (words: string) => boolean
  /** Those that a value names, with everything in them; its last word may be cut short if `beginning`. */
  readonly like: (value: string, beginning: boolean) => readonly number[]
  /** Towns within 30 km of those that a value names; of a country or a region everything in it. */
  readonly near: (value: string) => readonly number[]
}

/** Kilometres from the middle of a town to that of another that is near it. */
const nearby = 30
/** Words of a name whose case forms are undone together. */
const mostInflected = 3
/** Forms of a name that are tried. */
const mostForms = 2000
const leastLetters = 3

/**
 * Knows places by name: by a whole name in any language and case form; if none is called so, by what a name sounds like
 * in the other script; else by words of a name.
 */
export function placeNames(places: readonly Place[]): PlaceNames {
  const byName = new Map<string, Place[]>()
  const below = new Map<number, Place[]>()
  for (const place of places) {
    for (const name of place.names.split('\n')) addTo(byName, name, place)
    if (place.parentId !== null) addTo(below, place.parentId, place)
  }
  let sounds: ReadonlyMap<string, readonly Place[]> | null = null
  const sounding = (name: string): readonly Place[] => {
    const key = soundKey(name)
    return key === null ? [] : ((sounds ??= soundsOf(byName)).get(key) ?? [])
  }
  const called = (words: string): readonly Place[] =>
    byName.get(words) ?? unique(formsOf(words).flatMap((form) => byName.get(form) ?? []))
  const named = (value: string, beginning: boolean): readonly Place[] => {
    const words = wordsOf(value)
    if (words === '') return []
    const found = called(words)
    if (found.length > 0) return found
    const heard = unique([words, ...formsOf(words)].flatMap(sounding))
    if (heard.length > 0) return heard
    const region = regionStem(words)
    if (region !== null) {
      const regions = sounding(region).filter(({ kind }) => kind === 'region')
      if (regions.length > 0) return regions
    }
    const isBeginning = beginning && words.length - (words.lastIndexOf(' ') + 1) >= leastLetters
    const wanted = isBeginning ? ` ${words}` : ` ${words} `
    return places.filter(({ names }) => ` ${names.replaceAll('\n', ' \n ')} `.includes(wanted))
  }
  const withBelow = (found: readonly Place[]): number[] => {
    const ids = new Set<number>()
    const open = [...found]
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (ids.has(place.id)) continue
      ids.add(place.id)
      open.push(...(below.get(place.id) ?? []))
    }
    return [...ids].sort((a, b) => a - b)
  }
  return {
    has: (words) => called(words).length > 0,
    like: (value, beginning) => withBelow(named(value, beginning)),
    near: (value) => {
      const found = named(value, true)
      const middles = found.flatMap(middleOf)
      if (middles.length === 0) return withBelow(found)
      return places
        .filter((place) =>
          middleOf(place).some((middle) => middles.some((other) => distance(middle, other) <= nearby)),
        )
        .map(({ id }) => id)
    },
  }
}

function addTo<Key>(map: Map<Key, Place[]>, key: Key, place: Place): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [place])
  else known.push(place)
}

/** Worked out only when nothing has the very name: it takes some microseconds a name. */
function soundsOf(byName: ReadonlyMap<string, readonly Place[]>): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>()
  for (const [name, places] of byName) {
    const key = soundKey(name)
    if (key !== null) for (const place of places) addTo(found, key, place)
  }
  return found
}

const unique = (places: readonly Place[]): Place[] => [...new Set(places)]

function middleOf({ kind, latitude, longitude }: Place): { latitude: number; longitude: number }[] {
  return kind !== 'town' || latitude === null || longitude === null ? [] : [{ latitude, longitude }]
}

/** What words may be case forms of: each of a few, else only the last. */
function formsOf(words: string): string[] {
  const list = words.split(' ')
  let forms = ['']
  for (const [at, word] of list.entries()) {
    const bases = list.length <= mostInflected || at === list.length - 1 ? baseForms(word) : [word]
    forms = forms.flatMap((form) => bases.map((base) => (form === '' ? base : `${form} ${base}`)))
    if (forms.length > mostForms) forms.length = mostForms
  }
  return forms.slice(1)
}

/** "мурманская область" → "мурманск": regions are mostly called after their town. */
function regionStem(words: string): string | null {
  return /^(.+ск)\p{L}{1,3} (?:област|кра|республик|округ)\p{L}*$/u.exec(words)?.[1] ?? null
}
