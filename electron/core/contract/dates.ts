/** How exactly a date is known. */
export type DatePrecision = (typeof datePrecisions)[number]
export const datePrecisions = ['year', 'month', 'day', 'second'] as const

/** As much of a local time as is known: `1965`, `1965-07`, `1965-07-14`, or all of it. */
export function knownPart(localTime: string, precision: DatePrecision | null): string {
  const length = { year: 4, month: 7, day: 10, second: localTime.length }[precision ?? 'second']
  return localTime.slice(0, length)
}

/**
 * Where the date of a photo comes from, the most trusted first. `modified` is the last change as the metadata have it,
 * `file-time` that of the file system.
 */
export type DateSource = (typeof dateSources)[number]
export const dateSources = [
  'person',
  'sidecar',
  'xmp',
  'exif',
  'iptc',
  'container',
  'file-name',
  'folder-name',
  'modified',
  'file-time',
] as const
