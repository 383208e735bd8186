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

const photoSql =
  'SELECT p.id, lower(hex(substr(p.content_hash, 1, 8))) AS version, p.width, p.height, p.taken_at AS takenAt, p.name, ' +
  'p.state, p.damaged IS NOT NULL AS damaged, f.offline, ' +
  'EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id) AS decided ' +
  'FROM photo p JOIN folder f ON f.id = p.folder_id WHERE p.id = ?'
const findingsSql = 'SELECT term, score FROM finding WHERE photo_id = ? ORDER BY score DESC, term'

/** The photos as the wall shows them, in the order given. Each by primary key, so the cost is that of the screen. */
export function wallPhotos(
  session: Session,
  query: Query,
  hits: readonly Hit[],
  language: Language,
): WallPhoto[] {
  const photo = prepare<[number], PhotoRow>(session.library, photoSql)
  const findings = prepare<[number], FindingRow>(session.library, findingsSql)
  const asked = askedTerms(query)
  return hits.flatMap(({ id }) => {
    const row = photo.get(id)
    if (row === undefined) return []
    const found = findings.all(id)
    const best =
      found.find(({ term }) => asked.has(term)) ?? found.find(({ term }) => termOf(term).kind !== 'category')
    return [
      {
        id,
        version: row.version ?? '',
        width: row.width ?? 0,
        height: row.height ?? 0,
        takenAt: localTimeOf(row.takenAt),
        name: row.name,
        best: best === undefined ? null : shownTag(session, best, language),
        decided: row.decided === 1,
        offline: row.offline === 1,
        damaged: row.damaged === 1,
        state: row.state === 'offline' ? ('pending' as const) : row.state,
      },
    ]
  })
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
