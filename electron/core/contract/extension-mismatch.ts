/** Formats, as the library keeps them, that a file with such an ending may rightly have. */
const formatsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    jpg: ['jpeg'],
    jpeg: ['jpeg'],
    jpe: ['jpeg'],
    jfif: ['jpeg'],
    png: ['png'],
    apng: ['png'],
    webp: ['webp'],
    gif: ['gif'],
    // Cameras of before 2005 wrote raw pictures with this ending.
    tif: ['tiff', 'raw'],
    tiff: ['tiff', 'raw'],
    avif: ['avif'],
    heic: ['heic'],
    // The name of the container, whatever is in it.
    heif: ['heic', 'avif'],
    hif: ['heic', 'avif'],
    bmp: ['bmp'],
    dib: ['bmp'],
    jxl: ['jxl'],
  }),
)
/** One kind of TIFF each, and not all of them say so in their content. */
const raw =
  /^(3fr|arw|cr2|cr3|crw|dcr|dng|erf|fff|gpr|iiq|k25|kdc|mef|mos|mrw|nef|nrw|orf|pef|raf|raw|rw2|rwl|sr2|srf|srw|x3f)$/

/**
 * What the name of a photo says it is, when its content is something else: the ending, in lower case, without the dot.
 * `null` when name and content agree, and for endings that say nothing.
 * @param format as the library keeps it; empty while the photo was never read
 */
export function mismatchedExtension(name: string, format: string): string | null {
  const dot = name.lastIndexOf('.')
  if (dot <= 0 || format === '') return null
  const ending = name.slice(dot + 1).toLowerCase()
  const formats = raw.test(ending) ? ['raw', 'tiff'] : formatsOf.get(ending)
  return formats === undefined || formats.includes(format) ? null : ending
}
