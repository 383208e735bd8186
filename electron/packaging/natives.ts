import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Packed } from './pack.ts'
import { expectedNatives, nativeFile, type PackTarget } from './targets.ts'

/** Native files that are missing, of another system, too new for it, or where nothing can load them. */
export function nativeFindings(target: PackTarget, { resources, files, inside }: Packed): string[] {
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
  const tooNew = files
    .filter((file) => nativeFile.test(file) && target.platform === 'linux')
    .filter((file) => glibcOf(join(resources, file)) > newestGlibc)
    .map((file) => `needs a newer C library than 2.${newestGlibc}: ${file}`)
  return [...missing, ...foreign, ...shutIn, ...tooNew]
}

/** Minor version of glibc 2 that electron-builder.yml lets the Linux packages depend on. */
const newestGlibc = 34

/** The newest minor version of glibc 2 whose symbols a library names; 0 for none. */
function glibcOf(path: string): number {
  const versions = readFileSync(path, 'latin1').matchAll(/GLIBC_2\.(\d+)/g)
  return Math.max(0, ...[...versions].map(([, minor]) => Number(minor)))
}
