import { termOf } from '../labels/term.ts'
import { localTimeOf } from '../library/times.ts'
import { scoreScale } from './language/bounds.ts'
import type { Language, WallPhoto } from '../contract/values.ts'
import type { TermId } from '../labels/term.ts'
import { ask } from './engine/statements.ts'
import type { Query } from './language/query.ts'
import type { Session } from './session.ts'

interface PhotoRow {
  readonly id: number
  readonly version: string
  readonly width: number
  readonly height: number
  readonly takenAt: number | null
  readonly name: string
  readonly state: 'pending' | 'running' | 'done' | 'failed' | 'offline'
  readonly damaged: number
  readonly offline: number
  readonly decided: number
  readonly copies: number
}

interface Entry {
  readonly term: TermId
  readonly score: number
}

/** The photos as the wall shows them, in the order given; the cost is that of the screen, not of the library. */
export function wallPhotos(
  session: Session,
  query: Query,
  photoIds: Iterable<number>,
  language: Language,
): WallPhoto[] {
  const shown = [...photoIds]
  const ids = JSON.stringify(shown)
  const best = bestEntries(session, ids, askedTerms(query))
  const rows = new Map<number, PhotoRow>()
  // The best file of a photo comes first.
  for (const row of ask<PhotoRow>(session.reader, 'wallPhotos', ids))
    if (!rows.has(row.id)) rows.set(row.id, row)
  return shown.flatMap((id) => {
    const row = rows.get(id)
    if (row === undefined) return []
    const entry = best.get(id)
    return [
      {
        id,
        version: row.version,
        width: row.width,
        height: row.height,
        takenAt: localTimeOf(row.takenAt),
        name: row.name,
        best: entry === undefined ? null : shownTag(session, entry, language),
        decided: row.decided === 1,
        copies: row.copies,
        offline: row.offline === 1,
        damaged: row.damaged === 1,
        state: row.state === 'offline' ? ('pending' as const) : row.state,
      },
    ]
  })
}

/** Of each photo the surest term that was asked for, else its surest label that is no category. */
function bestEntries(session: Session, ids: string, asked: ReadonlySet<TermId>): ReadonlyMap<number, Entry> {
  const best = new Map<number, Entry>()
  const rank = ({ term, score }: Entry): number => score + (asked.has(term) ? 100_000 : 0)
  const rows = ask<Entry & { readonly id: number }>(session.reader, 'wallEntries', ids)
  for (const { id, term, score } of rows) {
    if (!asked.has(term) && termOf(term).kind === 'category') continue
    const known = best.get(id)
    if (known === undefined || rank({ term, score }) > rank(known)) best.set(id, { term, score })
  }
  return best
}

function shownTag(session: Session, { term, score }: Entry, language: Language): WallPhoto['best'] {
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
