const hevcBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'])
const videoBrand = /^(?:qt  |mp4.|isom|iso.|avc1|m4v.|M4V.|3g..|mmp4|dash|f4v |XAVC|MSNV|CAEP|niko|pana)/

/** The brands in the file type box that a file of the ISO family begins with, the major one first; else none. */
export function readBrands(head: Buffer): readonly string[] {
  if (head.length < 12 || head.toString('latin1', 4, 8) !== 'ftyp') return []
  const end = Math.min(head.readUInt32BE(0), head.length)
  const brands = [head.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  return brands
}

export function isVideoBrand(brand: string): boolean {
  return videoBrand.test(brand)
}

/** HEIF whatever its pictures are coded as, and HEIF with AVC, JPEG, JPEG 2000, VVC, EVC or nothing at all. */
const pictureBrands = new Set(
  'mif1 mif2 mif3 msf1 miaf pict avci avcs jpeg jpgs j2ki j2is vvic vvis evbi evmi evbs evms unif'.split(' '),
)

export function isPictureBrand(brand: string): boolean {
  return pictureBrands.has(brand)
}

const isAv1Brand = (brand: string): boolean => brand === 'avif' || brand === 'avis'

/** How the main picture of a HEIF file is coded, by its brands, the first of which may name the container alone. */
export function codingOf(head: Buffer): 'hevc' | 'av1' | null {
  const brands = readBrands(head)
  const [major = ''] = brands
  if (isAv1Brand(major)) return 'av1'
  if (hevcBrands.has(major)) return 'hevc'
  if (isVideoBrand(major)) return null
  if (brands.some((brand) => hevcBrands.has(brand))) return 'hevc'
  if (brands.some(isAv1Brand)) return 'av1'
  return major === 'mif1' || major === 'msf1' ? 'hevc' : null
}
