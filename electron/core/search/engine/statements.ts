import { partsOfDegree } from '../../contract/map.ts'
import { firstAlbumId, firstOwnId } from '../../labels/term.ts'
import { bestFirst } from '../../library/photos/best-file.ts'
import { decidedScore } from '../../library/photos/index-entries.ts'
import { prepare, type Reader } from '../../library/statements.ts'

/** Ids of some photos, as a JSON array, joined to what is asked of them. */
const some = 'json_each(?) some CROSS JOIN'
const ids = (id: string): string => `SELECT json_group_array(${id}) AS ids`
const waiting = "state IN ('pending', 'running', 'offline')"
/** To be in an album is nothing that is said of what a photo shows. */
const aboutLabels = `term < ${firstAlbumId}`
const decided = `${aboutLabels} AND verdict IN ('confirmed', 'added')`
const shape =
  'CAST(round(min(60000.0, 1000.0 * iif(turn IN (90, 270), height, width) / max(1, iif(turn IN (90, 270), width, height)))) AS INTEGER)'
const inList = 'IN (SELECT value FROM json_each(?))'
const inArea = 'latitude BETWEEN ? AND ? AND (longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ?)'
const inParts = (degrees: string): string => `CAST(round(${degrees} * ${partsOfDegree}) AS INTEGER)`
const ofSome = (where: string): string =>
  `${ids('p.id')} FROM ${some} photo p ON p.id = some.value WHERE ${where}`
/** Conditions are written as the partial indexes have them, or these would not be used. */
const ofAll = (index: string, where: string): string =>
  `${ids('id')} FROM photo INDEXED BY ${index} WHERE visible = 1 AND ${where}`

/**
 * All that searches ask of the library, by name: slow ones are logged by it, and a test states the plan of each.
 * Lists come as JSON in one row, which is several times faster than row by row or through a function of ours.
 */
export const statements = {
  libraryState:
    'SELECT revision, folders_revision AS foldersRevision, ' +
    "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'photo_change'), 0) AS seq, " +
    "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'photo'), 0) AS lastId FROM library_state",
  /** And the oldest change that is known. */
  changesSince: `SELECT json_group_array(id) AS ids, (SELECT min(seq) FROM photo_change) AS oldest FROM (SELECT DISTINCT photo_id AS id FROM
    (SELECT photo_id FROM photo_change WHERE seq > ? AND scope >= ? LIMIT ?) ORDER BY id)`,

  order: `${ids('id')} FROM (SELECT id FROM photo INDEXED BY photo_by_date WHERE visible = 1 ORDER BY shown_at DESC, id DESC)`,
  orderOfSome: `SELECT p.id, p.shown_at AS at FROM ${some} photo p ON p.id = some.value
    WHERE p.visible = 1 ORDER BY p.shown_at DESC, p.id DESC`,
  nextInOrder: `SELECT id FROM photo INDEXED BY photo_by_date WHERE visible = 1 AND shown_at <= ?
    AND (shown_at, id) < (?, ?) ORDER BY shown_at DESC, id DESC LIMIT 1`,
  days: `SELECT json_group_array(day) AS ids, json_group_array(count) AS scores
    FROM (SELECT day, count FROM day_count ORDER BY day DESC)`,

  term: `SELECT json_group_array(photo_id) AS ids, json_group_array(score) AS scores
    FROM index_entry INDEXED BY index_entry_by_score WHERE term = ? AND score BETWEEN ? AND ?`,
  termOfSome: `SELECT json_group_array(photo_id) AS ids, json_group_array(score) AS scores
    FROM ${some} index_entry ON photo_id = some.value AND term = ?`,
  termPage: `SELECT photo_id AS id, score FROM index_entry INDEXED BY index_entry_by_score WHERE term = ?
    AND score BETWEEN ? AND ? ORDER BY score DESC, shown_at DESC, photo_id DESC LIMIT ? OFFSET ?`,
  termBuckets: 'SELECT bucket, count FROM term_count WHERE term = ? AND count > 0',
  /** Photos whose score is in whole buckets of a percent. */
  termBucketsSum:
    'SELECT coalesce(sum(count), 0) AS count FROM term_count WHERE term = ? AND bucket >= ? AND bucket < ?',
  termScores: `SELECT count(*) AS count FROM index_entry INDEXED BY index_entry_by_score
    WHERE term = ? AND score BETWEEN ? AND ?`,
  /** Of those, photos that are hidden: what is summed up leaves them out. */
  hiddenTermScores: `SELECT count(*) AS count FROM photo INDEXED BY photo_hidden CROSS JOIN index_entry
    ON photo_id = id AND term = ? WHERE visible = 1 AND hidden = 1 AND score BETWEEN ? AND ?`,
  /** By a JSON object of least buckets by term; as a join it takes five times as long. */
  termSums: `SELECT CAST(least.key AS INTEGER) AS term, (SELECT coalesce(sum(count), 0) FROM term_count
    WHERE term = CAST(least.key AS INTEGER) AND bucket >= least.value) AS count FROM json_each(?) least`,
  widestTerms: `SELECT term, sum(count) AS count FROM term_count WHERE term < ${firstAlbumId} GROUP BY term ORDER BY count DESC LIMIT ?`,
  /** The surest class of each photo as the model said; decisions are amended after. */
  best: `SELECT json_group_array(photo_id) AS ids, json_group_array(CAST(round(probability * 10000) AS INTEGER)) AS scores
    FROM tag WHERE photo_id BETWEEN ? AND ? AND rank = 1`,
  bestOfSome: `SELECT json_group_array(id) AS ids, json_group_array(score) AS scores FROM (SELECT some.value AS id,
    max(score) AS score FROM ${some} index_entry ON photo_id = some.value AND term < 1000 GROUP BY some.value)`,
  decided: `${ids('photo_id')} FROM (SELECT DISTINCT photo_id FROM decision)`,

  words: `${ids('rowid')} FROM photo_words WHERE photo_words MATCH ?`,
  wordsBetween: `${ids('rowid')} FROM photo_words WHERE photo_words MATCH ? AND rowid BETWEEN ? AND ?`,

  saidWords: `${ids('rowid')} FROM photo_text WHERE photo_text MATCH ?`,
  saidWordsBetween: `${ids('rowid')} FROM photo_text WHERE photo_text MATCH ? AND rowid BETWEEN ? AND ?`,

  /** Width for height in 1/1,000, as photos are shown; a row for all that have the same size: there are few of them. */
  shapes: `SELECT json_group_array(id) AS ids, ${shape} AS ratio
    FROM photo INDEXED BY photo_by_shape GROUP BY turn, width, height`,
  shapesOfSome: `SELECT json_group_array(p.id) AS ids, json_group_array(${shape}) AS scores
    FROM ${some} photo p ON p.id = some.value`,

  folder: `${ids('photo_id')} FROM json_each(?) f CROSS JOIN folder_photo ON folder_id = f.value`,
  folderOfSome: `${ids('photo_id')} FROM ${some} folder_photo INDEXED BY folder_photo_by_photo
    ON photo_id = some.value WHERE folder_id ${inList}`,
  camera: ofAll('photo_by_camera', `camera_id IS NOT NULL AND camera_id ${inList}`),
  cameraOfSome: ofSome(`p.camera_id ${inList}`),
  lens: ofAll('photo_by_lens', `lens_id IS NOT NULL AND lens_id ${inList}`),
  lensOfSome: ofSome(`p.lens_id ${inList}`),
  inPlace: ofAll('photo_by_place', `place_id IS NOT NULL AND place_id ${inList}`),
  inPlaceOfSome: ofSome(`p.place_id ${inList}`),
  inArea: ofAll('photo_by_position', `latitude IS NOT NULL AND ${inArea}`),
  inAreaOfSome: ofSome(`p.latitude IS NOT NULL AND ${inArea}`),
  /** Where photos were taken, in 1/100,000 of a degree: three lists side by side. */
  positions: `SELECT json_group_array(id) AS ids, json_group_array(${inParts('latitude')}) AS latitudes, json_group_array(${inParts('longitude')}) AS longitudes
    FROM photo INDEXED BY photo_by_position WHERE visible = 1 AND latitude IS NOT NULL`,
  positionsOfSome: `SELECT json_group_array(p.id) AS ids, json_group_array(${inParts('p.latitude')}) AS latitudes, json_group_array(${inParts('p.longitude')}) AS longitudes
    FROM ${some} photo p ON p.id = some.value WHERE p.latitude IS NOT NULL`,
  album: `${ids('photo_id')} FROM index_entry INDEXED BY index_entry_by_score WHERE term = ?`,
  albumOfSome: `${ids('photo_id')} FROM ${some} index_entry ON photo_id = some.value AND term = ?`,
  /** Photos that have a place in the order by hand, whether or not they are in the album. */
  albumPlaces: `${ids('photo_id')} FROM (SELECT photo_id FROM album_place INDEXED BY album_place_in_order
    WHERE own_id = ? ORDER BY place)`,
  /** The chosen cover of an album if it is still in it and on the wall, else its newest photo. */
  albumCover: `SELECT coalesce(
    (SELECT p.id FROM index_entry e CROSS JOIN photo p ON p.id = e.photo_id WHERE e.photo_id = ? AND e.term = ?
      AND p.hidden = 0),
    (SELECT p.id FROM index_entry e INDEXED BY index_entry_by_score CROSS JOIN photo p ON p.id = e.photo_id
      WHERE e.term = ? AND e.score = ${decidedScore} AND p.hidden = 0 ORDER BY e.shown_at DESC, e.photo_id DESC LIMIT 1)
  ) AS id`,
  /**
   * By a JSON array of pairs of a term and the least score that is sure: of its surest photos those that the person likes
   * best. What a person confirmed is the surest. How many are looked at is bounded, so that a wide category costs no more
   * than a narrow one.
   */
  covers: `SELECT wanted.value ->> 0 AS term, (SELECT json_group_array(id) FROM (SELECT id FROM
    (SELECT p.id, p.favourite, p.rating, e.score, e.shown_at FROM index_entry e INDEXED BY index_entry_by_score
      CROSS JOIN photo p ON p.id = e.photo_id WHERE e.term = wanted.value ->> 0 AND e.score >= wanted.value ->> 1 AND p.hidden = 0
      ORDER BY e.score DESC, e.shown_at DESC, e.photo_id DESC LIMIT 100)
    ORDER BY favourite DESC, coalesce(rating, 0) DESC, score DESC, shown_at DESC, id DESC LIMIT 12)) AS ids
    FROM json_each(?) wanted`,
  type: ofAll('photo_by_format', 'format = ?'),
  typeOfSome: ofSome('p.format = ?'),
  hours: ofAll('photo_by_hour', `taken_hour IS NOT NULL AND taken_hour ${inList}`),
  hoursOfSome: ofSome(`p.taken_hour ${inList}`),
  inPart: ofAll('photo_in_part', "taken_precision IN ('year', 'month') AND taken_precision = ?"),
  inPartOfSome: ofSome('p.visible = 1 AND p.taken_precision = ?'),
  hasCamera: ofAll('photo_by_camera', 'camera_id IS NOT NULL'),
  hasCameraOfSome: ofSome('p.camera_id IS NOT NULL'),
  place: ofAll('photo_by_position', 'latitude IS NOT NULL'),
  placeOfSome: ofSome('p.latitude IS NOT NULL'),
  keywords: ofAll('photo_with_keywords', 'keywords IS NOT NULL'),
  keywordsOfSome: ofSome('p.keywords IS NOT NULL'),
  damaged: ofAll('photo_damaged', 'damaged IS NOT NULL'),
  damagedOfSome: ofSome('p.damaged IS NOT NULL'),
  undated: ofAll('photo_undated', "(taken_from IS NULL OR taken_from = 'file-time')"),
  undatedOfSome: ofSome("p.taken_from IS NULL OR p.taken_from = 'file-time'"),
  rejected: ofAll('photo_rejected', 'rating = -1'),
  rejectedOfSome: ofSome('p.rating = -1'),
  /** One more than the rating, so that rejected ones have 0. */
  ratings: `SELECT json_group_array(id) AS ids, json_group_array(rating + 1) AS scores
    FROM photo INDEXED BY photo_rated WHERE visible = 1 AND rating IS NOT NULL`,
  ratingsOfSome: `SELECT json_group_array(p.id) AS ids, json_group_array(p.rating + 1) AS scores
    FROM ${some} photo p ON p.id = some.value WHERE p.rating IS NOT NULL`,
  favourite: ofAll('photo_favourite', 'favourite = 1'),
  favouriteOfSome: ofSome('p.favourite = 1'),
  title: `${ids('photo_id')} FROM person_fact WHERE field = 'title'`,
  titleOfSome: `${ids('photo_id')} FROM ${some} person_fact ON photo_id = some.value AND field = 'title'`,
  note: `${ids('photo_id')} FROM person_fact WHERE field = 'note'`,
  noteOfSome: `${ids('photo_id')} FROM ${some} person_fact ON photo_id = some.value AND field = 'note'`,
  hidden: ofAll('photo_hidden', 'hidden = 1'),
  hiddenOfSome: ofSome('p.hidden = 1'),
  copy: ofAll('photo_with_copies', 'files > 1'),
  copyOfSome: ofSome('p.files > 1'),
  /** With anything seen in them, before decisions. */
  tagged: `${ids('photo_id')} FROM classification INDEXED BY classification_by_model`,
  taggedOfSome: `SELECT json_group_array(some.value) AS ids FROM json_each(?) some
    WHERE EXISTS (SELECT 1 FROM index_entry WHERE photo_id = some.value AND ${aboutLabels})`,
  /** The plus keeps it from the index by term, which does not say what was decided. */
  confirmed: `${ids('photo_id')} FROM decision WHERE +${decided}`,
  confirmedOfSome: `${ids('photo_id')} FROM ${some} decision ON photo_id = some.value WHERE ${decided}`,
  problem: `${ids('photo_id')} FROM file INDEXED BY file_unsettled
    WHERE photo_id IS NOT NULL AND state <> 'done' AND state = 'failed' AND presence = 'here'`,
  problemOfSome: `${ids('photo_id')} FROM ${some} file INDEXED BY file_by_photo
    ON photo_id = some.value AND presence = 'here' WHERE state = 'failed'`,
  pending: `${ids('photo_id')} FROM file INDEXED BY file_unsettled
    WHERE photo_id IS NOT NULL AND state <> 'done' AND ${waiting} AND presence = 'here'`,
  pendingOfSome: `${ids('photo_id')} FROM ${some} file INDEXED BY file_by_photo
    ON photo_id = some.value AND presence = 'here' WHERE ${waiting}`,
  /** In a folder whose disk is away. */
  offline: `${ids('photo_id')} FROM folder f INDEXED BY folder_offline
    CROSS JOIN folder_photo ON folder_id = f.id WHERE f.offline = 1`,
  offlineOfSome: `${ids('photo_id')} FROM ${some} folder_photo INDEXED BY folder_photo_by_photo
    ON photo_id = some.value CROSS JOIN folder f ON f.id = folder_id WHERE f.offline = 1`,
  /** With copies, and in a folder whose disk is there. */
  copyOnline: `${ids('p.id')} FROM photo p INDEXED BY photo_with_copies CROSS JOIN folder_photo ON photo_id = p.id
    CROSS JOIN folder f ON f.id = folder_id WHERE p.visible = 1 AND p.files > 1 AND f.offline = 0`,
  onlineOfSome: `${ids('photo_id')} FROM ${some} folder_photo INDEXED BY folder_photo_by_photo
    ON photo_id = some.value CROSS JOIN folder f ON f.id = folder_id WHERE f.offline = 0`,

  /** Folders of the roots that are there, parents before children. */
  folders: `SELECT f.id, f.parent_id AS parentId, f.path, f.name FROM folder f CROSS JOIN root r ON r.id = f.root_id
    WHERE r.state = 'present' ORDER BY f.path`,
  folderCounts:
    'SELECT json_group_array(id) AS ids, json_group_array(photos) AS scores FROM folder WHERE photos > 0',
  cameras: 'SELECT id, name FROM camera',
  lenses: 'SELECT id, name FROM lens',
  /** Places come and never change or go. */
  lastPlace: 'SELECT coalesce(max(id), 0) AS id FROM place',
  places: `SELECT id, kind, parent_id AS parentId, name, shown, latitude, longitude, names FROM place
    ORDER BY id`,
  /** The next format after the one given, so that a million photos are not read to find ten. */
  nextFormat: `SELECT format FROM photo INDEXED BY photo_by_format WHERE visible = 1 AND format > ?
    ORDER BY format LIMIT 1`,
  total: `SELECT coalesce(sum(count), 0) - (SELECT count(*) FROM photo INDEXED BY photo_hidden
    WHERE visible = 1 AND hidden = 1) AS count FROM day_count`,
  hiddenTotal: 'SELECT count(*) AS count FROM photo INDEXED BY photo_hidden WHERE visible = 1 AND hidden = 1',
  /** Photos of a screen with their files, the best of each first. One statement for all of them costs less than a row each. */
  wallPhotos: `SELECT p.id, lower(hex(substr(p.content_hash, 1, 8))) AS hash, p.orientation, p.turn, p.width, p.height, p.taken_at AS takenAt,
    p.taken_precision AS takenPrecision, p.taken_from AS takenFrom, p.damaged IS NOT NULL AS damaged, EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id AND ${aboutLabels}) AS decided,
     max(0, p.files - 1) AS copies, p.behind, (SELECT count(*) FROM stacked mine CROSS JOIN stacked s ON s.keeper_id = mine.keeper_id
     CROSS JOIN photo m ON m.id = s.photo_id WHERE mine.photo_id = p.id AND m.files > 0) AS stacked, p.rating, p.favourite, p.hidden, p.title, p.animated, fi.name, fi.state, f.offline FROM ${some} photo p ON p.id = some.value
    CROSS JOIN file fi INDEXED BY file_by_photo ON fi.photo_id = p.id CROSS JOIN folder f ON f.id = fi.folder_id
    ORDER BY ${bestFirst}`,
  /** Photos that a person put together, the one in front first. */
  stack: `${ids('id')} FROM (SELECT p.id FROM stacked mine CROSS JOIN stacked s ON s.keeper_id = mine.keeper_id
    CROSS JOIN photo p ON p.id = s.photo_id WHERE mine.photo_id = ? AND p.files > 0 AND p.hidden = 0
    ORDER BY p.behind, p.shown_at, p.id)`,
  wallEntries: `SELECT photo_id AS id, term, score FROM ${some} index_entry ON photo_id = some.value AND ${aboutLabels}`,
  /** Every label of photos with its score, as two lists side by side. */
  termsOfSome: `SELECT json_group_array(term) AS ids, json_group_array(score) AS scores
    FROM ${some} index_entry ON photo_id = some.value AND ${aboutLabels}`,
  /** What a few photos are called, and where they lie; the best file of each first. */
  photoNames: `SELECT p.id, fi.name, fi.folder_id AS folderId, p.keywords, p.title, p.note, p.place_id AS place, c.name AS camera, l.name AS lens
    FROM ${some} photo p ON p.id = some.value CROSS JOIN file fi INDEXED BY file_by_photo ON fi.photo_id = p.id
    CROSS JOIN folder f ON f.id = fi.folder_id LEFT JOIN camera c ON c.id = p.camera_id
    LEFT JOIN lens l ON l.id = p.lens_id WHERE fi.presence = 'here' ORDER BY ${bestFirst}`,
  /** In which folders some photos are, and in which places they were taken, those of most of them first. */
  foldersOfSome: `SELECT fi.folder_id AS id, count(*) AS photos FROM ${some} file fi INDEXED BY file_by_photo
    ON fi.photo_id = some.value WHERE fi.presence IN ('here', 'offline') GROUP BY fi.folder_id ORDER BY photos DESC, id`,
  placesOfSome: `SELECT p.place_id AS id, count(*) AS photos FROM ${some} photo p ON p.id = some.value
    WHERE p.place_id IS NOT NULL GROUP BY p.place_id ORDER BY photos DESC, id`,
  categories:
    'SELECT term, score FROM index_entry WHERE photo_id = ? AND term BETWEEN 1000 AND 9999 ORDER BY score DESC, term',
  /** What labels that are taught say of a photo, the likeliest first. */
  proposals: `SELECT term, score FROM index_entry WHERE photo_id = ? AND term BETWEEN ${firstOwnId} AND ${firstAlbumId - 1}
    AND score < ${decidedScore} ORDER BY score DESC, term`,
} as const

export type StatementName = keyof typeof statements

/** Milliseconds from which a statement is slow. */
const slow = 40

export type SlowListener = (statement: StatementName, milliseconds: number) => void
const listeners = new WeakMap<Reader, SlowListener>()

/** Tells of every statement of a search on this reader that takes 40 ms or longer. */
export function onSlowStatement(reader: Reader, listener: SlowListener): void {
  listeners.set(reader, listener)
}

/** Runs the statement of that name. */
export function ask<Row>(reader: Reader, name: StatementName, ...values: readonly unknown[]): Row[] {
  const started = performance.now()
  const rows = prepare<unknown[], Row>(reader, statements[name]).all(...values)
  const took = performance.now() - started
  if (took >= slow) listeners.get(reader)?.(name, took)
  return rows
}

/** What a statement that gives one row of lists found; `scores` only where it asks for them. */
export interface Found {
  readonly ids: readonly number[]
  readonly scores: readonly number[] | null
}

export function askLists(reader: Reader, name: StatementName, ...values: readonly unknown[]): Found {
  const [row] = ask<{ ids: string; scores?: string }>(reader, name, ...values)
  return {
    ids: JSON.parse(row?.ids ?? '[]') as number[],
    scores: row?.scores === undefined ? null : (JSON.parse(row.scores) as number[]),
  }
}
