import { termOf } from '../labels/term.ts'
import { shownOrientation, shownSize, type Turn } from '../imaging/turn.ts'
import { pictureVersion } from '../library/photos/picture-version.ts'
import { localTimeOf } from '../library/times.ts'
import { scoreScale } from './language/bounds.ts'
import type { Language, Reason, WallPhoto } from '../contract/values.ts'
import type { TermId } from '../labels/term.ts'
import { ask } from './engine/statements.ts'
import { reasonsOf, type Scores } from './because.ts'
import type { PlannedPart } from './engine/plan.ts'
import type { Session } from './session.ts'

interface PhotoRow extends Pick<WallPhoto, 'takenPrecision' | 'takenFrom'> {
  readonly id: number
  /** 16 hex digits. */
  readonly hash: string
  readonly orientation: number | null
  readonly turn: Turn
  readonly width: number
  readonly height: number
  readonly takenAt: number | null
  readonly name: string
  readonly state: 'pending' | 'running' | 'done' | 'failed' | 'offline'
  readonly damaged: number
  readonly offline: number
  readonly decided: number
  readonly copies: number
  readonly behind: number
  readonly stacked: number
  readonly rating: number | null
  readonly favourite: number
  readonly hidden: number
  readonly title: string | null
  readonly animated: number
}

interface Entry {
  readonly term: TermId
  readonly score: number
}

/** The photos as the wall shows them, in the order given; the cost is that of the screen, not of the library. */
export function wallPhotos(
  session: Session,
  parts: readonly PlannedPart[],
  photoIds: Iterable<number>,
  language: Language,
): WallPhoto[] {
  const shown = [...photoIds]
  const ids = JSON.stringify(shown)
  const entries = entriesOf(session, ids)
  const best = bestEntries(session, entries, askedTerms(parts))
  const reasons = reasonsOf(session, parts, shown, scoresOf(entries), language)
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
        version: pictureVersion(row.hash, shownOrientation(row.orientation, row.turn)),
        ...shownSize(row, row.turn),
        takenAt: localTimeOf(row.takenAt),
        takenPrecision: row.takenPrecision,
        takenFrom: row.takenFrom,
        name: row.name,
        best: entry === undefined ? null : shownTag(session, entry, language),
        decided: row.decided === 1,
        because: reasons.get(id) ?? [],
        copies: row.copies,
        ...(row.stacked > 1 && { stack: { photos: row.stacked, behind: row.behind === 1 } }),
        rating: row.rating,
        favourite: row.favourite === 1,
        hidden: row.hidden === 1,
        title: row.title,
        ...(row.animated === 1 && { animated: true as const }),
        offline: row.offline === 1,
        damaged: row.damaged === 1,
        state: row.state === 'offline' ? ('pending' as const) : row.state,
      },
    ]
  })
}

/** Which word of the query met what in each of these photos. */
export function reasonsFor(
  session: Session,
  parts: readonly PlannedPart[],
  ids: readonly number[],
  language: Language,
): ReadonlyMap<number, Reason[]> {
  return reasonsOf(session, parts, ids, scoresOf(entriesOf(session, JSON.stringify(ids))), language)
}

type PhotoEntry = Entry & { readonly id: number }

const entriesOf = (session: Session, ids: string): PhotoEntry[] =>
  ask<PhotoEntry>(session.reader, 'wallEntries', ids)

/** Of each photo the surest term that was asked for, else its surest label that is no category. */
function bestEntries(
  { vocabulary }: Session,
  entries: readonly PhotoEntry[],
  asked: ReadonlySet<TermId>,
): ReadonlyMap<number, Entry> {
  const best = new Map<number, Entry>()
  const rank = ({ term, score }: Entry): number => score + (asked.has(term) ? 100_000 : 0)
  for (const { id, term, score } of entries) {
    const { kind } = termOf(term)
    if (!asked.has(term) && (kind === 'category' || (kind === 'own' && score < vocabulary.countedFrom(term))))
      continue
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
    sure: score >= vocabulary.sureFrom(term),
    ...(vocabulary.isGuess(term, score) && { guess: true as const }),
  }
}

function scoresOf(entries: readonly PhotoEntry[]): Scores {
  const scores = new Map<number, Map<TermId, number>>()
  for (const { id, term, score } of entries) {
    const known = scores.get(id)
    if (known === undefined) scores.set(id, new Map([[term, score]]))
    else known.set(term, score)
  }
  return scores
}

function askedTerms(parts: readonly PlannedPart[]): ReadonlySet<TermId> {
  return new Set(
    parts.flatMap(({ part: { criterion, negated } }) =>
      !negated && 'terms' in criterion ? criterion.terms : [],
    ),
  )
}
