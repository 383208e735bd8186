import { endingsOf } from '../contract/photo-formats.ts'

/** What a file may be, judged by its name alone. The content decides later; see core/imaging. */
export type NameKind = 'photo' | 'raw' | 'video' | 'sidecar' | 'other' | 'unknown'

const byEnding = new Map<string, NameKind>([
  ...Object.entries(endingsOf).flatMap(([format, endings]) =>
    listed(format === 'raw' ? 'raw' : 'photo', endings),
  ),
  // Pictures that cannot be shown yet are named as such.
  ...listed('photo', 'jp2 j2k jpx jpf psd ppm pgm pnm'),
  ...listed('video', '3g2 3gp avi flv insv m2ts m4v mkv mov mp4 mpeg mpg mts ogv webm wmv'),
  ...listed('sidecar', 'xmp'),
  // Common neighbours of photos: named here so that nobody has to open them to find out.
  ...listed(
    'other',
    'aac aae ai bak bin bup css csv db doc docx dll dop eps exe exif gpx gz htm html icc icm ifo ini jar js json kml lnk',
  ),
  ...listed(
    'other',
    'log lrcat m4a m4p map md mp3 mta numbers odt ogg on1 opus pages pdf plist pp3 ppt pptx py rar rtf sh sqlite svg tar',
  ),
  ...listed('other', 'thm tmp torrent ts tsv txt url vob wav xcf xls xlsx xml yaml yml zip'),
  // Downloads that go on or were given up: Firefox, Chrome, Safari, Opera, Internet Explorer, WinSCP, aria2.
  ...listed('other', 'part crdownload download opdownload partial filepart aria2'),
])

/**
 * What programs leave beside a file while they write it, or of what it was before: the originals and temporary files of
 * exiftool (`a.jpg_original`), backups (`a.jpg~`) and unsaved files (`#a.jpg#`) of editors. They begin like photos.
 */
const leaving = /(?:_original|_exiftool_tmp|~|^#.*#)$/su

/** Folders and files that systems and programs leave among photos. Compared in lower case. */
const litter = new Set([
  '@eadir',
  '__macosx',
  '$recycle.bin',
  '#recycle',
  'recycler',
  'system volume information',
  'lost+found',
  'thumbs.db',
  'desktop.ini',
])

/**
 * Folders that are a program's own database, whose originals are not ours to list one by one, or a download of Safari that
 * goes on.
 */
const packages = /\.(photoslibrary|photolibrary|aplibrary|migratedphotolibrary|lrdata|cocatalog|download)$/

/** Whether a file of this name in a folder asks media programs to stay out of it; no system asks for its case. */
export function isKeepOut(name: string): boolean {
  return name.toLowerCase() === '.nomedia'
}

/**
 * Whether a folder or file is litter or hidden by its name: AppleDouble files (`._x`), dot files and folders (also what
 * programs that keep folders alike are still fetching, as `.syncthing.a.jpg.tmp`, `.a.jpg.Xy12Za`, `.a.jpg.~1f2e`),
 * recycle bins, thumbnails of network drives, libraries of other photo programs.
 */
export function isLitter(name: string): boolean {
  if (name.startsWith('.')) return true
  const lower = name.toLowerCase()
  return litter.has(lower) || packages.test(lower)
}

/** What the ending of a file name says. `unknown`: no ending, or one that says nothing to us. */
export function kindByName(name: string): NameKind {
  if (leaving.test(name.toLowerCase())) return 'other'
  const dot = name.lastIndexOf('.')
  if (dot <= 0) return 'unknown'
  return byEnding.get(name.slice(dot + 1).toLowerCase()) ?? 'unknown'
}

/** A photo's file name without its ending; `null` when it does not end as photos do. */
export function nameWithoutEnding(name: string): string | null {
  const kind = kindByName(name)
  return kind === 'photo' || kind === 'raw' ? name.slice(0, name.lastIndexOf('.')) : null
}

function listed(kind: NameKind, endings: string): [string, NameKind][] {
  return endings.split(' ').map((ending) => [ending, kind])
}
