/** How exactly a date is known. */
export type DatePrecision = (typeof datePrecisions)[number]
export const datePrecisions = ['year', 'month', 'day', 'second'] as const

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
