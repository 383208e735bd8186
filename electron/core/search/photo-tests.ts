import type { Test } from './plan.ts'

type StateTest = Extract<Test, { kind: 'state' }>

/** How to find the photos that pass a test. */
interface Asking {
  /** All that are visible; others may be among them. One row, `ids`. `?`: the value, if there is one. */
  readonly all: string
  /** Those of some photos, visible or not. One row, `ids`. `?`: a JSON array of photo ids, then the value, if there is one. */
  readonly among: string
}

const allFrom = (index: string, condition: string): string =>
  `SELECT json_group_array(id) AS ids FROM photo p INDEXED BY ${index} WHERE visible = 1 AND ${condition}`
const amongThose = (condition: string): string =>
  `SELECT json_group_array(p.id) AS ids FROM json_each(?) one CROSS JOIN photo p ON p.id = one.value WHERE ${condition}`
const asking = (index: string, condition: string): Asking => ({
  all: allFrom(index, condition),
  among: amongThose(condition),
})

const inList = 'IN (SELECT value FROM json_each(?))'
const notRead = {
  queued: "INDEXED BY photo_queue WHERE state = 'pending' AND presence = 'here'",
  running: "INDEXED BY photo_running WHERE state = 'running' AND presence = 'here'",
  waiting: "INDEXED BY photo_waiting WHERE state = 'offline' AND presence = 'here'",
}
const failed = "INDEXED BY photo_failed WHERE state = 'failed' AND presence = 'here'"
const decided = "FROM decision WHERE verdict IN ('confirmed', 'added')"
/** Contents of which there is more than one file, whether visible or not. */
const sharedHashes =
  'SELECT content_hash FROM photo WHERE content_hash IS NOT NULL GROUP BY content_hash HAVING count(*) > 1'
const hasVisibleCopy =
  'EXISTS (SELECT 1 FROM photo o WHERE o.content_hash = p.content_hash AND o.id <> p.id AND o.visible = 1)'

/** The conditions are written as the partial indexes have them, or these would not be used. */
export const photoTests: Readonly<Record<'folder' | 'camera' | 'type' | StateTest['what'], Asking>> = {
  folder: asking('photo_by_folder', `p.folder_id ${inList}`),
  camera: asking('photo_by_camera', `p.camera_id IS NOT NULL AND p.camera_id ${inList}`),
  type: asking('photo_by_format', 'p.format = ?'),
  place: asking('photo_with_place', 'p.latitude IS NOT NULL'),
  keywords: asking('photo_with_keywords', 'p.keywords IS NOT NULL'),
  damaged: asking('photo_damaged', 'p.damaged IS NOT NULL'),
  offline: asking('photo_by_folder', 'p.folder_id IN (SELECT id FROM folder WHERE offline = 1)'),
  untagged: asking('photo_by_date', 'NOT EXISTS (SELECT 1 FROM finding WHERE photo_id = p.id)'),
  'has camera': asking('photo_by_camera', 'p.camera_id IS NOT NULL'),
  copy: {
    all: allFrom('photo_by_content', `content_hash IN (${sharedHashes}) AND ${hasVisibleCopy}`),
    among: amongThose(hasVisibleCopy),
  },
  confirmed: {
    all: `SELECT json_group_array(photo_id) AS ids FROM (SELECT DISTINCT photo_id ${decided})`,
    among: amongThose(`EXISTS (SELECT 1 ${decided} AND photo_id = p.id)`),
  },
  problem: {
    all: `SELECT json_group_array(id) AS ids FROM photo ${failed} AND visible = 1`,
    among: amongThose("p.state = 'failed'"),
  },
  pending: {
    all: `SELECT json_group_array(id) AS ids FROM (${Object.values(notRead)
      .map((from) => `SELECT id FROM photo ${from} AND visible = 1`)
      .join(' UNION ALL ')})`,
    among: amongThose("p.state IN ('pending', 'running', 'offline')"),
  },
}

/** One row, `ids`: photos that could not be read, or not yet, on the wall or not, newest first. `?`: from, until. */
export const presentSql: Readonly<Record<'problem' | 'pending', string>> = {
  problem: presentFrom([failed]),
  pending: presentFrom(Object.values(notRead)),
}

function presentFrom(sources: readonly string[]): string {
  const photos = sources.map((from) => `SELECT id, shown_at FROM photo ${from} AND companion_of IS NULL`)
  return (
    `SELECT json_group_array(id) AS ids FROM (SELECT id FROM (${photos.join(' UNION ALL ')}) ` +
    'WHERE shown_at >= ? AND shown_at < ? ORDER BY shown_at DESC, id DESC)'
  )
}
