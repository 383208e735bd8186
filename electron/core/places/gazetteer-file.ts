/**
 * The file of the gazetteer: numbers of all towns and the borders, which are read into memory as they are, and behind
 * them the names, in compressed blocks that are read one by one. Numbers are little-endian, as on all machines that the
 * app runs on.
 *
 *   "KPLACES1", length of the header (uint32), header (JSON), arrays in the order of `arrayKinds`, blocks of records
 *
 * Towns are ordered as a balanced tree: the middle one of a stretch divides it by x, its halves by y, theirs by z and so
 * on. Records are those of the towns in this order, of the regions, of the countries.
 */
export const magic = 'KPLACES1'

/** Records in a block. Neighbours of the tree are neighbours on earth, so what is asked together lies together. */
export const recordsAtOnce = 128

export const arrayKinds = {
  /** x, y, z of each town, km. */
  points: Float32Array,
  /** How far the town reaches around its middle, km. */
  reaches: Float32Array,
  /** Number of the town's country, of its region (0: none known), and of the country within whose borders it lies. */
  countries: Uint16Array,
  regions: Uint16Array,
  borders: Uint16Array,
  /** Of each polygon: number of the country, west, south, east, north; where its rings begin in `rings`. */
  polygonCountries: Uint16Array,
  polygonBoxes: Float32Array,
  polygonRings: Uint32Array,
  /** Where the points of each ring begin in `outline`: longitude, latitude. */
  rings: Uint32Array,
  outline: Float32Array,
  /** Where each block begins, from the end of the arrays on. */
  blocks: Uint32Array,
} as const

export type ArrayName = keyof typeof arrayKinds
export type Arrays = { readonly [Name in ArrayName]: InstanceType<(typeof arrayKinds)[Name]> }

export const arrayNames = Object.keys(arrayKinds) as readonly ArrayName[]

export interface Header {
  readonly towns: number
  /** Number 0 is none. */
  readonly regions: number
  /** Codes (ISO 3166-1) by number; that of 0, which is none, is empty. */
  readonly countries: readonly string[]
  /** Numbers in each array. */
  readonly lengths: Readonly<Record<ArrayName, number>>
}

/** What is known of one country, region or town. */
export interface PlaceRecord {
  /** The same in every edition of the file. */
  readonly key: string
  /** As its source has it. */
  readonly name: string
  /** By interface language, where it has another name there. */
  readonly shown: Readonly<Record<string, string>>
  /** ISO 3166-1. */
  readonly country: string
  /** Middle of a town. */
  readonly position: { readonly latitude: number; readonly longitude: number } | null
  /** All names in all languages, as search compares them. */
  readonly names: readonly string[]
}

/** A record in its block: key, name, `shown`, names joined by line breaks. All else follows from the numbers. */
export type StoredRecord = readonly [
  key: string,
  name: string,
  shown: Readonly<Record<string, string>>,
  names: string,
]

/** Arrays begin at multiples of this. */
export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8
