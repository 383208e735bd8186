/** The formats that we show and tag, and the endings that files of each have, in lower case. */
export const endingsOf = {
  jpeg: 'jpg jpeg jpe jfif',
  png: 'png apng',
  webp: 'webp',
  gif: 'gif',
  tiff: 'tif tiff',
  // HEIF is the name of the container, whatever is in it.
  avif: 'avif heif hif',
  heic: 'heic heif hif',
  bmp: 'bmp dib',
  jxl: 'jxl',
  raw: '3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f',
} as const

/** Decided by a file's content, never by the ending of its name. */
export type PhotoFormat = keyof typeof endingsOf

/**
 * What the name of a photo says it is, when its content is something else: the ending, in lower case, without the dot.
 * `null` when name and content agree, and for endings that say nothing.
 * @param format as the library keeps it; empty while the photo was never read
 */
export function mismatchedExtension(name: string, format: string): string | null {
  const dot = name.lastIndexOf('.')
  if (dot <= 0 || format === '') return null
  const ending = name.slice(dot + 1).toLowerCase()
  const told = Object.entries(endingsOf).flatMap(([each, endings]) =>
    endings.split(' ').includes(ending) ? familyOf(each) : [],
  )
  return told.length === 0 || told.includes(familyOf(format)) ? null : ending
}

/** Most RAW files are a kind of TIFF that not always says so; cameras of before 2005 called theirs .tif. */
function familyOf(format: string): string {
  return format === 'raw' ? 'tiff' : format
}
