import { readFileSync, statSync } from 'node:fs'
import { osFromText } from '../../paths/os-path.ts'
import type { Facts } from './facts.ts'
import { readXmp } from './xmp.ts'

const sidecarAtMost = 2 * 1024 * 1024

/** Where programs keep notes about `photo.jpg`: `photo.jpg.xmp` (darktable, digiKam) or `photo.xmp` (Adobe). */
function sidecarPaths(path: string): string[] {
  return [`${path}.xmp`, path.replace(/\.[^./\\]+$/, '') + '.xmp'].filter((candidate) => candidate !== path)
}

/** What the first readable sidecar of a photo says; `null` when there is none. Never throws. */
export function readSidecar(path: string): Facts | null {
  for (const candidate of sidecarPaths(path)) {
    try {
      const place = osFromText(candidate)
      const stat = statSync(place, { throwIfNoEntry: false })
      if (!stat?.isFile() || stat.size === 0 || stat.size > sidecarAtMost) continue
      const facts = readXmp(readFileSync(place))
      if (facts) return facts
    } catch {
      // A sidecar that cannot be read is as good as none.
    }
  }
  return null
}
