import { fold } from '../labels/fold.ts'
import { dateInFolderName, monthAlone, withoutDates } from '../imaging/metadata/folder-name-date.ts'
import type { Folder } from './language/folders-like.ts'

/** What cameras call their folders: three digits and five signs (`100APPLE`, `101CANON`), and a few words. */
const numbered = /^\d{3}[A-Z0-9_]{5}$/u
const ofCameras = /^(?:dcim|(?:img|dsc[fn]?|mov|p|pict?)[\s_-]*\d*)$/iu

/** Names that say that there are pictures in the folder, or how they came there, in both languages. */
const empty = new Set(
  `photo, photos, my photos, photos from, picture, pictures, my pictures, image, images, img, jpg, jpeg, raw, heic,
  original, originals, edited, new folder, untitled folder, camera, camera roll, camera uploads, icloud photos,
  google photos, private, misc, other, backup, backups, export, exports, import, imports, scan, scans, upload, uploads,
  download, downloads, desktop, documents, library, media, album, albums, all, sorted,
  фото, фотки, фотографии, мои фотографии, снимки, картинки, мои рисунки, изображения, камера, новая папка, разное,
  прочее, остальное, архив, альбом, альбомы, все, копия, копии, экспорт, импорт, сканы, загрузки, рабочий стол,
  документы, оригиналы`
    .split(/,\s+/u)
    .map(fold),
)

/**
 * The own words of a folder's name, which say what its photos are of: `2026-05-09 Wedding Olga` → `Wedding Olga`. `null`
 * where it has none: a date, a camera's folder, `Photos`.
 */
export function ownWords(name: string): string | null {
  const text = name.normalize('NFC').trim()
  if (numbered.test(text) || ofCameras.test(text) || monthAlone(text) !== null) return null
  const words = withoutDates(text)
  return /\p{L}{2}/u.test(words) && !empty.has(fold(words)) && !ofCameras.test(words) ? words : null
}

/**
 * What the photos of a folder are of, in its own words or, where it has none, in those of the folder around it. A root is
 * where somebody keeps photos, so that its name tells something only if it tells a date as well.
 * @param byId all folders
 */
export function eventOf(folder: Folder, byId: ReadonlyMap<number, Folder>): string | null {
  let at: Folder | undefined = folder
  while (at !== undefined) {
    const parent: Folder | undefined = at.parentId === null ? undefined : byId.get(at.parentId)
    const words = parent === undefined && dateInFolderName(at.name) === null ? null : ownWords(at.name)
    if (words !== null) return words
    at = parent
  }
  return null
}
