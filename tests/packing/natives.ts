import type { Packed } from './pack.ts'
import { expectedNatives, nativeFile, type PackTarget } from './targets.ts'

/** Native files that are missing, of another system, or where nothing can load them. */
export function nativeFindings(target: PackTarget, { files, inside }: Packed): string[] {
  const expected = expectedNatives(target)
  const missing = expected
    .filter((pattern) => !files.some((file) => pattern.test(file)))
    .map((pattern) => `missing native file ${pattern.source}`)
  const foreign = files
    .filter((file) => nativeFile.test(file) && !expected.some((pattern) => pattern.test(file)))
    .map((file) => `native file that is not on the list: ${file}`)
  // The archive lists what lies outside it as well.
  const shutIn = inside
    .filter((file) => nativeFile.test(file) && !files.includes(`app.asar.unpacked/${file}`))
    .map((file) => `native file inside the archive: ${file}`)
  return [...missing, ...foreign, ...shutIn]
}
