import { termOf } from '../labels/term.ts'
import { prepare } from '../library/statements.ts'
import { localTimeOf } from '../library/times.ts'
import { scoreScale } from './confidence.ts'
import type { Language, WallPhoto } from '../contract/values.ts'
import type { TermId } from '../labels/term.ts'
import type { Hit } from './photo-list.ts'
import type { Query } from './query.ts'
import type { Session } from './session.ts'

interface PhotoRow {
  readonly id: number
  readonly version: string | null
  readonly width: number | null
  readonly height: number | null
  readonly takenAt: number | null
  readonly name: string
  readonly state: 'pending' | 'running' | 'done' | 'failed' | 'offline'
  readonly damaged: number
  readonly offline: number
  readonly decided: number
}

interface FindingRow {
  readonly term: TermId
  readonly score: number
}

// One statement for a whole screen: each statement by itself would cost more than the rows it reads.
export const photosSql =
  'SELECT p.id, lower(hex(substr(p.content_hash, 1, 8))) AS version, p.width, p.height, p.taken_at AS takenAt, ' +
  'p.name, p.state, p.damaged IS NOT NULL AS damaged, f.offline, ' +
  'EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id) AS decided ' +
  'FROM json_each(?) wanted CROSS JOIN photo p ON p.id = wanted.value CROSS JOIN folder f ON f.id = p.folder_id'
export const findingsSql =
  'SELECT photo_id, term, score FROM json_each(?) wanted CROSS JOIN finding ON photo_id = wanted.value'

/** The photos as the wall shows them, in the order given; the cost is that of the screen, not of the library. */
export function wallPhotos(
  session: Session,
  query: Query,
  hits: readonly Hit[],
  language: Language,
): WallPhoto[] {
  const ids = JSON.stringify(hits.map(({ id }) => id))
  const best = bestFindings(session, ids, askedTerms(query))
  const rows = new Map(
    prepare<[string], PhotoRow>(session.library, photosSql)
      .all(ids)
      .map((row) => [row.id, row]),
  )
  return hits.flatMap(({ id }) => {
    const row = rows.get(id)
    if (row === undefined) return []
    const finding = best.get(id)
    return [
      {
        id,
        version: row.version ?? '',
        width: row.width ?? 0,
        height: row.height ?? 0,
        takenAt: localTimeOf(row.takenAt),
        name: row.name,
        best: finding === undefined ? null : shownTag(session, finding, language),
        decided: row.decided === 1,
        offline: row.offline === 1,
        damaged: row.damaged === 1,
        state: row.state === 'offline' ? ('pending' as const) : row.state,
      },
    ]
  })
}

/** Of each photo the surest term that was asked for, else its surest label that is no category. */
function bestFindings(
  session: Session,
  ids: string,
  asked: ReadonlySet<TermId>,
): ReadonlyMap<number, FindingRow> {
  const best = new Map<number, FindingRow>()
  const rank = ({ term, score }: FindingRow): number => score + (asked.has(term) ? 100_000 : 0)
  const rows = prepare<[string], [number, TermId, number]>(session.library, findingsSql).raw().all(ids)
  for (const [id, term, score] of rows) {
    if (!asked.has(term) && termOf(term).kind === 'category') continue
    const known = best.get(id)
    if (known === undefined || rank({ term, score }) > rank(known)) best.set(id, { term, score })
  }
  return best
}

function shownTag(session: Session, { term, score }: FindingRow, language: Language): WallPhoto['best'] {
  const { vocabulary } = session
  return {
    term: vocabulary.keyOf(term),
    label: vocabulary.label(term, language),
    probability: Math.min(1, score / scoreScale),
    sure: score >= vocabulary.threshold(term),
  }
}

function askedTerms(query: Query): ReadonlySet<TermId> {
  return new Set(
    query.groups
      .flat()
      .flatMap(({ criterion, negated }) => (criterion.kind === 'terms' && !negated ? criterion.terms : [])),
  )
}
