import { addAll, addAllBut, addIds, noIds, type IdBits } from './id-bits.ts'
import {
  addPlaces,
  addWhere,
  blockPhotos,
  blockWords,
  flags,
  flagValues,
  photosIn,
  type Block,
  type Columns,
} from './mirror.ts'
import type { KeptMirror } from './mirror-keeping.ts'
import { tableOf } from './mirror-texts.ts'
import { isNegated, type TermTest, type Test } from './plan.ts'
import type { Session } from './session.ts'

/** Photos for which something holds, told block by block. */
export interface Condition {
  /** Their places in a block. Not to be changed, and good until another block is asked about. */
  readonly placesIn: (block: Block, index: number) => IdBits
}

/** Photos of whose value in a column the table has a 1. */
export interface Where {
  readonly column: keyof Columns
  readonly table: Uint8Array
  /** The same for the same table. */
  readonly key: string
}

/** What a test asks of a photo, whether it is negated or not: any of this. */
interface Asked {
  readonly where: readonly Where[]
  readonly terms: readonly TermTest[]
  readonly ids: readonly IdBits[]
}

/** Reads what the tests of one query ask for. What several of them ask for is worked out once for each block. */
export interface Reader {
  readonly askedOf: (test: Test) => Asked
  /** Any of it holds; of each column at most one. */
  readonly conditionsOf: (asked: Asked) => readonly Condition[]
  /** One of the tests holds. */
  readonly anyOf: (tests: readonly Test[]) => readonly Condition[]
}

export function readerOf(kept: KeptMirror, session: Session): Reader {
  const known = new Map<string, Asked>()
  const conditions = new Map<string | IdBits, Condition>()
  const remembered = (key: string | IdBits, make: () => Condition): Condition => {
    const condition = conditions.get(key) ?? make()
    conditions.set(key, condition)
    return condition
  }

  const askedOf = (test: Test): Asked => {
    const key = JSON.stringify(test)
    const asked = known.get(key) ?? readTest(test, key, kept, session)
    known.set(key, asked)
    return asked
  }
  const conditionsOf = ({ where, terms, ids }: Asked): Condition[] => [
    ...terms.map((test) =>
      remembered(JSON.stringify(test), () =>
        adding((block, into) => {
          addPlaces(block, test, into)
        }),
      ),
    ),
    ...ids.map((bits) =>
      remembered(bits, () => ({
        placesIn: (_, index) => bits.subarray(index * blockWords, (index + 1) * blockWords),
      })),
    ),
    ...joined(where, 'or').map(({ column, table, key }) =>
      remembered(`${column} ${key}`, () =>
        adding((block, into) => {
          addWhere(block, column, table, into)
        }),
      ),
    ),
  ]
  const anyOf = (tests: readonly Test[]): Condition[] => {
    const asked = tests.filter((test) => !isNegated(test)).map(askedOf)
    return [
      ...conditionsOf(allOf(asked)),
      ...tests
        .filter(isNegated)
        .map((test) => remembered(JSON.stringify(test), () => noneOf(conditionsOf(askedOf(test))))),
    ]
  }
  return { askedOf, conditionsOf, anyOf }
}

/** Any of all of it. */
export const allOf = (asked: readonly Asked[]): Asked => ({
  where: asked.flatMap(({ where }) => where),
  terms: asked.flatMap(({ terms }) => terms),
  ids: asked.flatMap(({ ids }) => ids),
})

/** The condition that adds places to none, once for each block. */
function adding(add: (block: Block, into: IdBits, index: number) => void): Condition {
  const places = noIds(blockPhotos)
  let known = -1
  return {
    placesIn: (block, index) => {
      if (known === index) return places
      places.fill(0)
      add(block, places, index)
      known = index
      return places
    },
  }
}

function noneOf(conditions: readonly Condition[]): Condition {
  const any = noIds(blockPhotos)
  return adding((block, into, index) => {
    any.fill(0)
    for (const condition of conditions) addAll(any, condition.placesIn(block, index))
    addAllBut(into, any)
  })
}

/** For each column one table: with a 1 where any of its tables, or each of them, has one. */
export function joined(wheres: readonly Where[], link: 'or' | 'and'): Where[] {
  const join = link === 'or' ? either : both
  const byColumn = new Map<keyof Columns, Where>()
  for (const { column, table, key } of wheres) {
    const known = byColumn.get(column)
    byColumn.set(
      column,
      known === undefined
        ? { column, table, key }
        : { column, table: join(known.table, table), key: `${known.key} ${link} ${key}` },
    )
  }
  return [...byColumn.values()]
}

function either(table: Uint8Array, other: Uint8Array): Uint8Array {
  const [longer, shorter] = table.length < other.length ? [other, table] : [table, other]
  const found = longer.slice()
  for (let value = 0; value < shorter.length; value += 1)
    found[value] = (found[value] ?? 0) | (shorter[value] ?? 0)
  return found
}

function both(table: Uint8Array, other: Uint8Array): Uint8Array {
  const found = table.slice(0, Math.min(table.length, other.length))
  for (let value = 0; value < found.length; value += 1)
    found[value] = (found[value] ?? 0) & (other[value] ?? 0)
  return found
}

const nothing: Asked = { where: [], terms: [], ids: [] }

function readTest(test: Test, key: string, kept: KeptMirror, session: Session): Asked {
  const where = (column: keyof Columns, table: Uint8Array): Asked => ({
    ...nothing,
    where: [{ column, table, key }],
  })
  switch (test.kind) {
    case 'term':
      return { ...nothing, terms: [test.test] }
    case 'no-terms': {
      const written = test.match === null ? nothing : writtenIn(test.match, kept)
      return { ...written, terms: test.terms }
    }
    case 'words':
    case 'no-words':
      return writtenIn(test.match, kept)
    case 'window': {
      const bits = noIds(photosIn(kept.mirror))
      addIds(bits, session.order(test.window).ids)
      return { ...nothing, ids: [bits] }
    }
    case 'folder':
    case 'camera':
      return where(test.kind, tableOf(test.ids))
    case 'type':
      return where('format', tableOf([kept.formats.get(test.format) ?? 0].filter((number) => number > 0)))
    case 'state':
      if (test.what === 'offline') return where('folder', tableOf(session.offlineFolders()))
      if (test.what === 'has camera') return where('camera', tableOf(session.cameras().map(({ id }) => id)))
      return where('flags', tableOfState(test.what))
  }
}

/** Photos whose words match an FTS5 expression. */
function writtenIn(match: string, { matching }: KeptMirror): Asked {
  const { texts, folders, ids } = matching(match)
  return {
    terms: [],
    where: [
      ...(texts === null ? [] : [{ column: 'text' as const, table: texts, key: match }]),
      ...(folders === null ? [] : [{ column: 'folder' as const, table: folders, key: match }]),
    ],
    ids: ids === null ? [] : [ids],
  }
}

type Flagged = Exclude<Extract<Test, { kind: 'state' }>['what'], 'offline' | 'has camera'>

function tableOfState(what: Flagged): Uint8Array {
  const table = new Uint8Array(flagValues)
  for (let value = 0; value < flagValues; value += 1) {
    const isSo = what === 'untagged' ? (value & flags.tagged) === 0 : (value & flags[what]) !== 0
    table[value] = isSo && (value & flags.visible) !== 0 ? 1 : 0
  }
  return table
}
