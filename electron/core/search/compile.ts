import { decidedScore } from '../library/findings.ts'
import { undatedAt } from '../library/times.ts'
import { scoreScale } from './confidence.ts'
import { always } from './plan.ts'
import type { Plan, Test, TestGroup, TermTest, TimeWindow } from './plan.ts'
import type { Sort } from '../contract/values.ts'

type Composed = Extract<Plan, { kind: 'composed' }>
type Value = string | number

/** A statement that yields `id`, `shown_at` and `key` in the order of the list, and the values bound to it. */
export interface Statement {
  readonly sql: string
  readonly values: Readonly<Record<string, Value>>
}

/** How many photos a test may let through; the rarest one leads. */
export interface Estimates {
  readonly term: (test: TermTest) => number
  readonly match: (match: string) => number
  readonly window: (window: TimeWindow) => number
  readonly folder: (ids: readonly number[]) => number
  readonly all: number
}

/** SQLite refuses a compound of more than 500 selects. */
const mostBranches = 100

/** With fewer candidates than this every one of them is probed by primary key. */
const fewCandidates = 2000
/** Reading a row in index order costs a fraction of finding one by key. */
const scansPerProbe = 4

/** What the parts of one statement share. */
interface Making {
  readonly bind: (value: Value) => string
  readonly window: TimeWindow
  /** It pays to read all photos of these terms once rather than to look each candidate up. */
  readonly readsWhole: (terms: readonly TermTest[]) => boolean
}

/**
 * One statement for a composed plan: the rarest group leads (read from its own index), every other group is tested for
 * each photo it yields, by primary key or against the set of its photos. `key` orders by confidence: groups the person
 * confirmed first, then the product of the groups' probabilities.
 */
export function compileComposed(plan: Composed, sort: Sort, estimates: Estimates): Statement {
  const values: Record<string, Value> = {}
  const bind = (value: Value): string => {
    const name = `v${Object.keys(values).length}`
    values[name] = value
    return `@${name}`
  }
  const lead = leadingSource(plan, estimates, bind)
  const making: Making = {
    bind,
    window: plan.window,
    readsWhole: (terms) => {
      if (lead.cost < fewCandidates || terms.length > mostBranches) return false
      const rows = terms.reduce((sum, test) => sum + estimates.term(test), 0)
      return rows * lead.share < scansPerProbe * lead.cost
    },
  }
  let needsPhoto = false
  const holds = (test: Test): string => {
    needsPhoto ||= readsPhoto(test)
    return condition(test, making)
  }
  const whole: string[] = []
  const scores: string[] = []
  const conditions: string[] = []
  for (const group of plan.groups) {
    const [only, other] = group.tests
    if (group === lead.group) {
      if (group.scored) scores.push('d.score')
    } else if (only?.kind === 'term' && other === undefined && making.readsWhole([only.test])) {
      scores.push(`w${whole.length}.score`)
      whole.push(photosOf(only.test, 'photo_id, score', making))
    } else if (group.scored) {
      scores.push(
        balanced(
          group.tests.map((test) => scoreOf(test, holds, bind)),
          (a, b) => `max(${a}, ${b})`,
        ),
      )
    } else conditions.push(anyOf(group.tests.map(holds)))
  }
  if (plan.best !== null)
    conditions.push(
      `(SELECT max(score) FROM finding WHERE photo_id = d.photo_id AND term < 1000) ` +
        `BETWEEN ${bind(plan.best.min)} AND ${bind(plan.best.max)}`,
    )
  const tables = whole.map((sql, at) => `w${at} AS MATERIALIZED (${sql})`)
  const joins = whole.map((_, at) => ` CROSS JOIN w${at} ON w${at}.photo_id = d.photo_id`).join('')
  const photo = needsPhoto ? ' CROSS JOIN photo p ON p.id = d.photo_id' : ''
  const where = conditions.length === 0 ? '' : ` WHERE ${allOf(conditions)}`
  const source = `FROM (${lead.sql}) d${joins}${photo}${where}`
  const order = 'shown_at DESC, id DESC'
  if (scores.length === 0)
    return {
      sql: `SELECT d.photo_id AS id, d.shown_at AS shown_at, 1.0 AS key ${source} ORDER BY ${order}`,
      values,
    }
  const columns = scores.map((score, at) => `${score} AS g${at}`).join(', ')
  tables.push(`found AS MATERIALIZED (SELECT d.photo_id AS id, d.shown_at AS shown_at, ${columns} ${source})`)
  const names = scores.map((_, at) => `g${at}`)
  const confirmed = balanced(
    names.map((name) => `(${name} >= ${decidedScore})`),
    (a, b) => `(${a} + ${b})`,
  )
  const product = balanced(
    names.map((name) => `(min(${name}, ${scoreScale}) / ${scoreScale}.0)`),
    (a, b) => `(${a} * ${b})`,
  )
  const sql =
    `WITH ${tables.join(', ')} SELECT id, shown_at, 2.0 * ${confirmed} + ${product} AS key FROM found ` +
    `WHERE ${allOf(names.map((name) => `${name} >= 0`))} ` +
    `ORDER BY ${sort === 'confidence' ? `key DESC, ${order}` : order}`
  return { sql, values }
}

/** All photos of a term, by date, which is nearly the order of their ids. */
function photosOf({ term, min, max }: TermTest, columns: string, { bind, window }: Making): string {
  return (
    `SELECT ${columns} FROM finding INDEXED BY finding_by_date WHERE term = ${bind(term)} ` +
    `AND score BETWEEN ${bind(min)} AND ${bind(max)}${within(window, bind)}`
  )
}

interface Lead {
  readonly sql: string
  /** The group that the source already answers. */
  readonly group: TestGroup | null
  /** Photos it yields, about. */
  readonly cost: number
  /** Part of all photos that lies in the time window. */
  readonly share: number
}

function leadingSource(plan: Composed, estimates: Estimates, bind: (value: Value) => string): Lead {
  const { window } = plan
  if (plan.population === 'present') {
    const sql = 'SELECT id AS photo_id, shown_at FROM photo'
    const failed = "state = 'failed' AND presence = 'here' AND companion_of IS NULL"
    const present = "presence = 'here' AND companion_of IS NULL"
    const group = plan.groups.find(({ tests }) => tests.length === 1 && isState(tests[0], 'problem')) ?? null
    const index = group === null ? '' : ' INDEXED BY photo_failed'
    return {
      sql: `${sql}${index} WHERE ${group === null ? present : failed}${within(window, bind)}`,
      group,
      cost: 0,
      share: 1,
    }
  }
  const share = window === always ? 1 : estimates.window(window) / Math.max(1, estimates.all)
  let best: { cost: number; group: TestGroup | null } = { cost: estimates.all * share, group: null }
  for (const group of plan.groups) {
    const cost = costOf(group, share, estimates)
    if (cost < best.cost) best = { cost, group }
  }
  const { group, cost } = best
  if (group !== null) return { sql: sourceOf(group, window, cost >= fewCandidates, bind), group, cost, share }
  const copies = plan.groups.some(({ tests }) => tests.length === 1 && isState(tests[0], 'copy'))
  const from = `SELECT id AS photo_id, shown_at FROM photo INDEXED BY`
  const sql = copies
    ? `${from} photo_by_content WHERE visible = 1 AND content_hash IN (${sharedHashes})${within(window, bind)}`
    : `${from} photo_by_date WHERE visible = 1${within(window, bind)}`
  return { sql, group, cost, share }
}

/** Contents of which there is more than one file, whether visible or not. */
const sharedHashes =
  'SELECT content_hash FROM photo WHERE content_hash IS NOT NULL GROUP BY content_hash HAVING count(*) > 1'

/** Infinity for a group that no index answers. */
function costOf(group: TestGroup, share: number, estimates: Estimates): number {
  if (group.tests.length > mostBranches) return Infinity
  let cost = 0
  for (const test of group.tests) {
    if (test.kind === 'term') cost += estimates.term(test.test) * share
    else if (test.kind === 'words') cost += estimates.match(test.match)
    else if (test.kind === 'folder' && !test.negated && group.tests.length === 1)
      cost += estimates.folder(test.ids) * share
    else return Infinity
  }
  return cost
}

/** `wide`: many photos are better met by date, which is nearly the order in which they lie in their tables. */
function sourceOf(
  group: TestGroup,
  window: TimeWindow,
  wide: boolean,
  bind: (value: Value) => string,
): string {
  const branches = group.tests.map((test) => {
    switch (test.kind) {
      case 'term': {
        const index = window === always && !wide ? 'finding_by_score' : 'finding_by_date'
        return (
          `SELECT photo_id, shown_at, score FROM finding INDEXED BY ${index} WHERE term = ${bind(test.test.term)} ` +
          `AND score BETWEEN ${bind(test.test.min)} AND ${bind(test.test.max)}${within(window, bind)}`
        )
      }
      case 'words':
        return (
          `SELECT w.id AS photo_id, w.shown_at AS shown_at, ${bind(test.score)} AS score ` +
          `FROM photo_words CROSS JOIN photo w ON w.id = photo_words.rowid ` +
          `WHERE photo_words MATCH ${bind(test.match)} AND w.visible = 1${within(window, bind, 'w.')}`
        )
      case 'folder':
        return (
          `SELECT id AS photo_id, shown_at, ${scoreScale} AS score FROM photo INDEXED BY photo_by_folder ` +
          `WHERE visible = 1 AND folder_id IN (SELECT value FROM json_each(${bind(JSON.stringify(test.ids))}))` +
          within(window, bind)
        )
      default:
        throw new TypeError(`no index answers a "${test.kind}" test`)
    }
  })
  if (branches.length === 1) return branches[0] ?? ''
  return `SELECT photo_id, shown_at, max(score) AS score FROM (${branches.join(' UNION ALL ')}) GROUP BY photo_id`
}

function within(window: TimeWindow, bind: (value: Value) => string, table = ''): string {
  if (window === always) return ''
  return ` AND ${table}shown_at >= ${bind(window.from)} AND ${table}shown_at < ${bind(window.until)}`
}

/** The score a photo gets from one alternative, -1 when it does not hold. */
function scoreOf(test: Test, holds: (test: Test) => string, bind: (value: Value) => string): string {
  if (test.kind === 'term')
    return `coalesce((SELECT score FROM finding WHERE ${finding(test.test, bind)}), -1)`
  const score = test.kind === 'words' ? test.score : scoreScale
  return `CASE WHEN ${holds(test)} THEN ${score} ELSE -1 END`
}

const finding = ({ term, min, max }: TermTest, bind: (value: Value) => string): string =>
  `photo_id = d.photo_id AND term = ${bind(term)} AND score BETWEEN ${bind(min)} AND ${bind(max)}`

const isState = (test: Test | undefined, what: string): boolean =>
  test?.kind === 'state' && test.what === what && !test.negated

function readsPhoto(test: Test): boolean {
  if (test.kind === 'state') return !['date', 'untagged', 'confirmed'].includes(test.what)
  return test.kind === 'folder' || test.kind === 'camera' || test.kind === 'type'
}

/** Never null, so that it can be negated. */
function condition(test: Test, making: Making): string {
  const { bind } = making
  const not = 'negated' in test && test.negated ? 'NOT ' : ''
  const inList = (column: string, ids: readonly number[]): string =>
    `coalesce(${column} IN (SELECT value FROM json_each(${bind(JSON.stringify(ids))})), 0)`
  const inMatch = (match: string): string =>
    `d.photo_id IN (SELECT rowid FROM photo_words WHERE photo_words MATCH ${bind(match)})`
  switch (test.kind) {
    case 'term':
      return seenAny([test.test], making)
    case 'words':
      return inMatch(test.match)
    case 'no-words':
      return `NOT ${inMatch(test.match)}`
    case 'no-terms': {
      const seen = seenAny(test.terms, making)
      return `NOT ${test.match === null ? seen : anyOf([seen, inMatch(test.match)])}`
    }
    case 'window':
      return `${not}(d.shown_at >= ${bind(test.window.from)} AND d.shown_at < ${bind(test.window.until)})`
    case 'folder':
      return not + inList('p.folder_id', test.ids)
    case 'camera':
      return not + inList('p.camera_id', test.ids)
    case 'type':
      return `${not}coalesce(p.format = ${bind(test.format)}, 0)`
    case 'state':
      return `${not}(${states[test.what]})`
  }
}

/** The candidate is a photo of one of the terms. */
function seenAny(terms: readonly TermTest[], making: Making): string {
  if (making.readsWhole(terms))
    return `(d.photo_id IN (${terms.map((term) => photosOf(term, 'photo_id', making)).join(' UNION ALL ')}))`
  return anyOf(terms.map((term) => `EXISTS (SELECT 1 FROM finding WHERE ${finding(term, making.bind)})`))
}

const states: Readonly<Record<Extract<Test, { kind: 'state' }>['what'], string>> = {
  place: 'p.latitude IS NOT NULL',
  date: `d.shown_at > ${undatedAt}`,
  camera: 'p.camera_id IS NOT NULL',
  keywords: 'p.keywords IS NOT NULL',
  untagged: 'NOT EXISTS (SELECT 1 FROM finding WHERE photo_id = d.photo_id)',
  problem: "p.state = 'failed'",
  pending: "p.state IN ('pending', 'running', 'offline')",
  confirmed:
    "EXISTS (SELECT 1 FROM decision WHERE photo_id = d.photo_id AND verdict IN ('confirmed', 'added'))",
  damaged: 'p.damaged IS NOT NULL',
  offline: 'p.folder_id IN (SELECT id FROM folder WHERE offline = 1)',
  copy:
    'EXISTS (SELECT 1 FROM photo o WHERE o.content_hash = p.content_hash AND o.id <> p.id ' +
    'AND o.visible = 1)',
}

const anyOf = (conditions: readonly string[]): string => balanced(conditions, (a, b) => `(${a} OR ${b})`)
const allOf = (conditions: readonly string[]): string => balanced(conditions, (a, b) => `(${a} AND ${b})`)

/** Joined as a balanced tree: SQLite refuses expressions nested deeper than 1000. */
function balanced(parts: readonly string[], join: (a: string, b: string) => string): string {
  if (parts.length < 2) return parts[0] ?? ''
  const middle = parts.length >> 1
  return join(balanced(parts.slice(0, middle), join), balanced(parts.slice(middle), join))
}
