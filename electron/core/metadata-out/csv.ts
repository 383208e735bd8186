import { knownPart } from '../contract/dates.ts'
import type { ExportedPhoto } from './exported-photo.ts'

/**
 * A table of photos as CSV (RFC 4180: commas, quotes doubled, lines end in CRLF), in UTF-8 with the mark by which
 * spreadsheets know it. By hand, as it is these thirty lines, and no library knows the two things that matter here: several
 * values in a cell, and cells that a spreadsheet would run as a formula.
 */

type Cell = string | number | null

/** In the order of the columns. A person's text is marked as such: it may say anything. */
const columns = {
  path: ({ paths }) => textCell(paths[0] ?? ''),
  otherPaths: ({ paths }) => listCell(paths.slice(1)),
  contentHash: ({ contentHash }) => contentHash,
  labels: ({ labels }) => listCell(labels.filter(({ isOwn }) => !isOwn).map(({ name }) => name)),
  ownLabels: ({ labels }) => listCell(labels.filter(({ isOwn }) => isOwn).map(({ name }) => name)),
  albums: ({ albums }) => listCell(albums),
  rating: ({ rating }) => rating,
  favourite: ({ favourite }) => (favourite ? 'yes' : ''),
  hidden: ({ hidden }) => (hidden ? 'yes' : ''),
  title: ({ title }) => textCell(title),
  note: ({ note }) => textCell(note),
  taken: ({ taken }) => taken && knownPart(taken.at, taken.precision) + (taken.offset ?? ''),
  takenFrom: ({ taken }) => taken?.from ?? null,
  latitude: ({ position }) => position?.latitude ?? null,
  longitude: ({ position }) => position?.longitude ?? null,
  town: ({ place }) => textCell(place?.town ?? null),
  region: ({ place }) => textCell(place?.region ?? null),
  country: ({ place }) => textCell(place?.country ?? null),
} satisfies Readonly<Record<string, (photo: ExportedPhoto) => Cell>>

export const csvHead = `\ufeff${Object.keys(columns).join(',')}\r\n`

/** A line of the table, with its end. */
export function csvLine(photo: ExportedPhoto): string {
  return `${Object.values(columns)
    .map((cell) => quoted(cell(photo)))
    .join(',')}\r\n`
}

/** With an apostrophe before what a spreadsheet would take for a formula: it shows the text then, and runs nothing. */
function textCell(text: string | null): string | null {
  return text !== null && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

/** Values with ` | ` between them; within one a `|` is `\|` and a `\` is `\\`. */
function listCell(values: readonly string[]): string | null {
  return textCell(values.map((value) => value.replaceAll(/[\\|]/g, String.raw`\$&`)).join(' | '))
}

function quoted(cell: Cell): string {
  if (cell === null) return ''
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
