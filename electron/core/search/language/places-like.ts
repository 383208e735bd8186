import { languages } from '../../contract/languages.ts'
import { baseForms } from '../../labels/word-forms.ts'
import { placeNameIn, type PlaceRow } from '../../library/photos/places.ts'
import { soundKey } from '../../places/sound-key.ts'
import { distance } from '../../places/sphere.ts'
import { wordsOf } from './words.ts'

/** A place in which photos were taken, or in which such a place lies. */
export interface Place extends PlaceRow {
  readonly id: number
  /** In all languages, as words are compared, one a line. */
  readonly names: string
}

/** Places by what they are called. */
export interface PlaceNames {
  /** Some place has this very name, or the words are case forms of it. */
  readonly has: (words: string) => boolean
  /** Those that are shown by this very name in one of the interface languages, with everything in them. */
  readonly shownAs: (value: string) => readonly number[]
  /**
   * Those that a value names, with everything in them; if there are none and `beginning`, those that have a name of which
   * it is a part. A comma parts a place and what it lies in.
   */
  readonly like: (value: string, beginning: boolean) => readonly number[]
  /** Towns within 30 km of those that a value names; of a country or a region everything in it. */
  readonly near: (value: string) => readonly number[]
}

/** Kilometres from the middle of a town to that of another that is near it. */
const nearby = 30
/** Words of a name whose case forms are undone together. */
const mostInflected = 3
/** Endings are no longer than this: what differs more is another word. */
const longestEnding = 3
/** Forms that are tried. */
const mostForms = 2000
const leastLetters = 3

/**
 * Knows places by name: by a whole name in any language and case form; if none is called so, by what a shown name sounds
 * like in the other script; else by words of a name. Many ordinary words are part of some foreign name or sound like one.
 */
export function placeNames(places: readonly Place[]): PlaceNames {
  const shown = new Map(places.map((place) => [place, shownNames(place)]))
  const byId = new Map(places.map((place) => [place.id, place]))
  const byName = new Map<string, Place[]>()
  const byShown = new Map<string, Place[]>()
  const bySound = new Map<string, Place[]>()
  const below = new Map<number, Place[]>()
  for (const place of places) {
    for (const name of place.names.split('\n')) addTo(byName, name, place)
    for (const name of shown.get(place) ?? []) {
      addTo(byShown, name, place)
      addTo(bySound, soundIn(name, isCyrillic(name)), place)
    }
    if (place.parentId !== null) addTo(below, place.parentId, place)
  }
  const sounding = (words: string): readonly Place[] => bySound.get(soundIn(words, !isCyrillic(words))) ?? []
  const called = (words: string): readonly Place[] =>
    byName.get(words) ?? unique(formsOf(words).flatMap((form) => byName.get(form) ?? []))
  const withPart = (words: string): readonly Place[] => {
    const isBeginning = words.length - (words.lastIndexOf(' ') + 1) >= leastLetters
    const part = isBeginning ? ` ${words}` : ` ${words} `
    return places.filter(
      (place) =>
        (isBeginning && `\n${place.names}`.includes(`\n${words}`)) ||
        (shown.get(place) ?? []).some((name) => ` ${name} `.includes(part)),
    )
  }
  const liesIn = ({ parentId }: Place, around: readonly Place[]): boolean => {
    let parent = parentId === null ? undefined : byId.get(parentId)
    // Two at most, however the library came to be.
    for (let steps = 0; parent !== undefined && steps < 2; steps += 1) {
      if (around.includes(parent)) return true
      parent = parent.parentId === null ? undefined : byId.get(parent.parentId)
    }
    return false
  }
  const named = (value: string, beginning: boolean): readonly Place[] => {
    const words = wordsOf(value)
    if (words === '') return []
    const found = called(words)
    if (found.length > 0) return found
    const heard = sounding(words)
    if (heard.length > 0) return heard
    const region = regionStem(words)
    const regions = region === null ? [] : [...called(region), ...sounding(region)]
    if (regions.some(({ kind }) => kind === 'region')) return regions.filter(({ kind }) => kind === 'region')
    const [, inner, outer] = /^([^,]+),(.+)$/u.exec(value) ?? []
    if (inner !== undefined && outer !== undefined) {
      const around = named(outer, beginning)
      return named(inner, beginning).filter((place) => liesIn(place, around))
    }
    return beginning ? withPart(words) : []
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
    shownAs: (value) => withBelow(byShown.get(wordsOf(value)) ?? []),
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

const shownNames = (place: Place): string[] => [
  ...new Set([place.name, ...languages.map((language) => placeNameIn(language, place))].map(wordsOf)),
]

const isCyrillic = (name: string): boolean => /\p{Script=Cyrillic}/u.test(name)
/** Words of one script sound alike too often: "lion", "Lyon". */
const soundIn = (name: string, cyrillic: boolean): string =>
  `${cyrillic ? 'c' : 'l'} ${soundKey(name) ?? name}`

const unique = (places: readonly Place[]): Place[] => [...new Set(places)]

function middleOf({ kind, latitude, longitude }: Place): { latitude: number; longitude: number }[] {
  return kind !== 'town' || latitude === null || longitude === null ? [] : [{ latitude, longitude }]
}

/** What words may be case forms of: each of a few ("нижнем новгороде"), else only the last. */
function formsOf(words: string): string[] {
  const list = words.split(' ')
  let forms = ['']
  for (const [at, word] of list.entries()) {
    const bases = list.length <= mostInflected || at === list.length - 1 ? basesOf(word) : [word]
    forms = forms.flatMap((form) => bases.map((base) => (form === '' ? base : `${form} ${base}`)))
    if (forms.length > mostForms) forms.length = mostForms
  }
  return forms.slice(1)
}

const basesOf = (word: string): string[] =>
  baseForms(word).filter(
    (base) =>
      base === word || (base.length >= leastLetters && base.startsWith(word.slice(0, -longestEnding))),
  )

/** "мурманская область" → "мурманск": regions are mostly called after their town. */
function regionStem(words: string): string | null {
  return /^(.+ск)\p{L}{1,3} (?:област|кра|республик|округ)\p{L}*$/u.exec(words)?.[1] ?? null
}
