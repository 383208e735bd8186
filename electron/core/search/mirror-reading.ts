import { prepare } from '../library/statements.ts'
import { undatedAt } from '../library/times.ts'
import type { Library } from '../library/library.ts'
import { daysIn } from './counts.ts'
import { addId, hasId, noIds, removeId, type IdBits } from './id-bits.ts'
import {
  blockOf,
  blockPhotos,
  blockWith,
  changedBlock,
  emptyColumns,
  flags,
  noteFindings,
  photosIn,
  type Columns,
  type Mirror,
} from './mirror.ts'
import type { PackedFindings } from './mirror-postings.ts'
import { wordsOfFolders, type Texts } from './mirror-texts.ts'
import { numbersIn } from './photo-set.ts'

/** A mirror being filled or brought up to date. */
export interface Reflection extends Mirror {
  visible: IdBits
  order: Int32Array
  /** Formats by name, numbered from 1 on. */
  readonly formats: Map<string, number>
  readonly texts: Texts
  /** Visible photos by the number of their text. */
  readonly textCounts: Uint32Array
  /** Visible photos by folder. */
  readonly folderCounts: Map<number, number>
}

const copyOfAnother =
  'EXISTS (SELECT 1 FROM photo o WHERE o.content_hash = p.content_hash AND o.id <> p.id AND o.visible = 1)'
const isConfirmed =
  "EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id AND verdict IN ('confirmed', 'added'))"
const flagsSql = `${flags.visible}
  + ${flags.place} * (p.latitude IS NOT NULL) + ${flags.keywords} * (p.keywords IS NOT NULL)
  + ${flags.damaged} * (p.damaged IS NOT NULL) + ${flags.problem} * (p.state = 'failed')
  + ${flags.pending} * (p.state IN ('pending', 'running', 'offline'))
  + ${flags.confirmed} * ${isConfirmed} + ${flags.copy} * ${copyOfAnother}`
const columnsSql =
  'SELECT json_group_array(p.id) AS ids, json_group_array(p.folder_id) AS folders, ' +
  `json_group_array(coalesce(p.camera_id, 0)) AS cameras, json_group_array(${flagsSql}) AS flags, ` +
  "json_group_array(coalesce(p.format, '')) AS formats, json_group_array(p.name) AS names, " +
  'json_group_array(p.keywords) AS keywords '
/** (place × 2²⁴ + term) × 2¹⁵ + score, see `PackedFindings`. */
const packedSql = `json_group_array(((photo_id % ${blockPhotos}) * 16777216 + term) * 32768 + score) AS packed `

/** All visible photos with ids from … to. NOT INDEXED leaves the primary key. */
export const blockColumnsSql = `${columnsSql} FROM photo p NOT INDEXED WHERE p.id BETWEEN ? AND ? AND p.visible = 1`
export const anyPhotoSql = 'SELECT 1 FROM photo NOT INDEXED WHERE id BETWEEN ? AND ? LIMIT 1'
export const blockFindingsSql = `SELECT ${packedSql} FROM finding WHERE photo_id BETWEEN ? AND ?`
/** Those of some photos. */
export const someColumnsSql = `${columnsSql} FROM json_each(?) one CROSS JOIN photo p ON p.id = one.value WHERE p.visible = 1`
export const someFindingsSql =
  `SELECT json_group_array(photo_id) AS ids, ${packedSql} ` +
  'FROM json_each(?) one CROSS JOIN finding ON photo_id = one.value'

interface ColumnsRow {
  readonly ids: string
  readonly folders: string
  readonly cameras: string
  readonly flags: string
  readonly formats: string
  readonly names: string
  readonly keywords: string
}

const textsIn = (json: string | undefined): (string | null)[] => JSON.parse(json ?? '[]') as (string | null)[]

/** Photos read at a time while the mirror is filled: some five milliseconds. */
const readAtOnce = 2048

/** Reads all photos of a block, in steps. What changes meanwhile has to be read again. */
function* fillBlock(library: Library, mirror: Reflection, index: number): Generator<null, void> {
  const columns = emptyColumns()
  const findings: number[] = []
  const first = index * blockPhotos
  const isEmpty = prepare<[number, number], unknown>(library, anyPhotoSql)
  if (isEmpty.get(first, first + blockPhotos - 1) === undefined) return
  for (let from = first; from < first + blockPhotos; from += readAtOnce) {
    const [low, high] = [from, from + readAtOnce - 1]
    putColumns(
      library,
      mirror,
      () => columns,
      prepare<number[], ColumnsRow>(library, blockColumnsSql).get(low, high),
    )
    yield null
    const row = prepare<number[], { packed: string }>(library, blockFindingsSql).get(low, high)
    for (const finding of numbersIn(row?.packed)) findings.push(finding)
    yield null
  }
  makeRoom(mirror, index + 1)
  noteFindings(columns, findings)
  mirror.blocks[index] = blockWith(columns, findings)
  yield null
}

/** Reads the `changed` photos, ascending, anew: all at once, as a statement for each block would cost more than its rows. */
export function readAgain(library: Library, mirror: Reflection, changed: readonly number[]): void {
  const read = new Map<number, Columns>()
  const columnsIn = (index: number): Columns => {
    const columns = read.get(index) ?? mirror.blocks[index] ?? emptyColumns()
    read.set(index, columns)
    return columns
  }
  const places = new Map<number, number[]>()
  for (const id of changed) {
    const index = blockOf(id)
    const place = id % blockPhotos
    countPhoto(mirror, columnsIn(index), place, -1)
    clear(columnsIn(index), place)
    if (id < photosIn(mirror)) removeId(mirror.visible, id)
    const others = places.get(index)
    if (others === undefined) places.set(index, [place])
    else others.push(place)
  }
  const asked = JSON.stringify(changed)
  const row = prepare<[string], ColumnsRow>(library, someColumnsSql).get(asked)
  const filled = putColumns(library, mirror, columnsIn, row)
  const findings = readFindings(library, asked)
  for (const [index, changedPlaces] of places) {
    const known = mirror.blocks[index]
    if (known === undefined && !filled.has(index)) continue
    const packed = findings.get(index) ?? []
    noteFindings(columnsIn(index), packed)
    mirror.blocks[index] =
      known === undefined ? blockWith(columnsIn(index), packed) : changedBlock(known, changedPlaces, packed)
  }
}

/**
 * Findings of some photos, by block.
 * @param asked a JSON array of their ids
 */
function readFindings(library: Library, asked: string): ReadonlyMap<number, PackedFindings> {
  const row = prepare<[string], { ids: string; packed: string }>(library, someFindingsSql).get(asked)
  const ids = numbersIn(row?.ids)
  const byBlock = new Map<number, number[]>()
  for (const [at, finding] of numbersIn(row?.packed).entries()) {
    const index = blockOf(ids[at] ?? 0)
    const others = byBlock.get(index)
    if (others === undefined) byBlock.set(index, [finding])
    else others.push(finding)
  }
  return byBlock
}

/** Notes what was read of photos. Returns the blocks that have any of them. */
function putColumns(
  library: Library,
  mirror: Reflection,
  columnsIn: (index: number) => Columns,
  row: ColumnsRow | undefined,
): ReadonlySet<number> {
  const filled = new Set<number>()
  const ids = numbersIn(row?.ids)
  if (row === undefined || ids.length === 0) return filled
  makeRoom(mirror, blockOf(ids.reduce((highest, id) => Math.max(highest, id), 0)) + 1)
  const [folders, cameras, flagsOf] = [row.folders, row.cameras, row.flags].map(numbersIn)
  const [formats, names, keywords] = [row.formats, row.names, row.keywords].map(textsIn)
  const around = wordsOfFolders(library, new Set(folders))
  for (const [folder, words] of around) mirror.texts.noteFolder(folder, words)
  for (const [at, id] of ids.entries()) {
    const place = id % blockPhotos
    const columns = columnsIn(blockOf(id))
    const folder = folders?.[at] ?? 0
    columns.folder[place] = folder
    columns.camera[place] = cameras?.[at] ?? 0
    columns.flags[place] = flagsOf?.[at] ?? 0
    columns.format[place] = formatNumber(mirror, formats?.[at] ?? '')
    columns.text[place] = mirror.texts.numberOf({
      name: names?.[at] ?? '',
      keywords: keywords?.[at] ?? null,
      folders: around.get(folder) ?? '',
    })
    countPhoto(mirror, columns, place, 1)
    addId(mirror.visible, id)
    filled.add(blockOf(id))
  }
  return filled
}

/** Counts a photo among those of its text and of its folder, or no longer; one that is not visible has neither. */
function countPhoto(
  { textCounts, folderCounts }: Reflection,
  { folder, text }: Columns,
  place: number,
  by: 1 | -1,
): void {
  const [inFolder, ofText] = [folder[place] ?? 0, text[place] ?? 0]
  if (ofText > 0) textCounts[ofText] = (textCounts[ofText] ?? 0) + by
  if (inFolder > 0) folderCounts.set(inFolder, (folderCounts.get(inFolder) ?? 0) + by)
}

function clear({ folder, camera, format, text, flags: flagsOf, best }: Columns, place: number): void {
  folder[place] = 0
  camera[place] = 0
  format[place] = 0
  text[place] = 0
  flagsOf[place] = 0
  best[place] = 0
}

function formatNumber({ formats }: Reflection, name: string): number {
  const known = formats.get(name)
  if (known !== undefined) return known
  formats.set(name, formats.size + 1)
  return formats.size
}

function makeRoom(mirror: Reflection, blocks: number): void {
  while (mirror.blocks.length < blocks) mirror.blocks.push(undefined)
  const room = noIds(photosIn(mirror))
  if (room.length <= mirror.visible.length) return
  room.set(mirror.visible)
  mirror.visible = room
}

export const sameContentSql =
  'SELECT json_group_array(id) AS ids FROM photo INDEXED BY photo_by_content WHERE content_hash = ? AND visible = 1'

/** Notes which of the photos with that content are copies of each other. */
export function readCopies(library: Library, { blocks }: Reflection, content: Buffer): void {
  const row = prepare<[Buffer], { ids: string }>(library, sameContentSql).get(content)
  const ids = numbersIn(row?.ids)
  for (const id of ids) {
    const flagsOf = blocks[blockOf(id)]?.flags
    const place = id % blockPhotos
    if (flagsOf === undefined) continue
    const others = (flagsOf[place] ?? 0) & ~flags.copy
    flagsOf[place] = ids.length > 1 ? others | flags.copy : others
  }
}

export const orderSql =
  'SELECT json_group_array(id) AS ids FROM (SELECT id FROM photo INDEXED BY photo_by_date ' +
  'WHERE visible = 1 AND shown_at >= ? AND shown_at < ? ORDER BY shown_at, id)'
/** Photos of the order that are read at a time: some four milliseconds. */
const orderedAtOnce = 50_000

/** The order of all visible photos by date, in steps; the value of the last is the order. */
function* orderSteps(library: Library): Generator<null, Int32Array> {
  const parts: number[][] = []
  let until = Number.MAX_SAFE_INTEGER
  let [count, total] = [0, 0]
  const read = (from: number): void => {
    // Against its direction an index is read more slowly.
    parts.push(
      numbersIn(prepare<number[], { ids: string }>(library, orderSql).get(from, until)?.ids).reverse(),
    )
    total += parts.at(-1)?.length ?? 0
    until = from
    count = 0
  }
  for (const { day, count: photos } of daysIn(library, { from: Number.MIN_SAFE_INTEGER, until })) {
    count += photos
    if (count < orderedAtOnce) continue
    read(Math.max(day * 86_400, undatedAt))
    yield null
  }
  read(Number.MIN_SAFE_INTEGER)
  const order = new Int32Array(total)
  let filled = 0
  for (const part of parts) {
    order.set(part, filled)
    filled += part.length
  }
  return order
}

export const shownAtSql =
  'SELECT p.id, p.shown_at AS at FROM json_each(?) one CROSS JOIN photo p ON p.id = one.value ' +
  'WHERE p.visible = 1 ORDER BY p.shown_at DESC, p.id DESC'

interface Shown {
  readonly id: number
  readonly at: number
}

/** Takes photos that came, went or got another date out of the order and puts those that are visible where they belong. */
export function reorder(library: Library, mirror: Reflection, moved: readonly number[]): void {
  if (moved.length === 0) return
  const coming = prepare<[string], Shown>(library, shownAtSql).all(JSON.stringify(moved))
  const gone = noIds(Math.max(photosIn(mirror), (moved.at(-1) ?? 0) + 1))
  for (const id of moved) addId(gone, id)
  const rest = new Int32Array(mirror.order.length)
  let [count, taken] = [0, 0]
  const keepUntil = (end: number): void => {
    rest.set(mirror.order.subarray(taken, end), count)
    count += end - taken
    taken = end
  }
  for (let at = 0; at < rest.length; at += 1)
    if (hasId(gone, mirror.order[at] ?? 0)) {
      keepUntil(at)
      taken += 1
    }
  keepUntil(rest.length)
  const order = new Int32Array(count + coming.length)
  const isBefore = comparing(library)
  let [from, filled] = [0, 0]
  for (const photo of coming) {
    const to = placeIn(rest, from, count, photo, isBefore)
    order.set(rest.subarray(from, to), filled)
    filled += to - from
    order[filled] = photo.id
    filled += 1
    from = to
  }
  order.set(rest.subarray(from, count), filled)
  mirror.order = order
}

/** Where a photo belongs among those from … to. */
function placeIn(
  order: Int32Array,
  from: number,
  to: number,
  photo: Shown,
  isBefore: (id: number, photo: Shown) => boolean,
): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(order[middle] ?? 0, photo)) low = middle + 1
    else high = middle
  }
  return low
}

export const oneShownAtSql = 'SELECT shown_at AS at FROM photo WHERE id = ?'

/** Whether a photo of the order is newer; the times of those that are looked at are kept for the next. */
function comparing(library: Library): (id: number, photo: Shown) => boolean {
  const statement = prepare<[number], { at: number }>(library, oneShownAtSql)
  const times = new Map<number, number>()
  return (id, photo) => {
    let at = times.get(id)
    if (at === undefined) {
      at = statement.get(id)?.at ?? 0
      times.set(id, at)
    }
    return at > photo.at || (at === photo.at && id > photo.id)
  }
}

/** Everything of the library as it is now, in steps of some five milliseconds. */
export function* fillSteps(library: Library, mirror: Reflection): Generator<null, void> {
  const highest =
    prepare<[], { id: number | null }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 0
  for (let index = 0; index <= blockOf(highest); index += 1) {
    yield* fillBlock(library, mirror, index)
  }
  mirror.order = yield* orderSteps(library)
}
