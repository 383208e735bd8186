import { readFileSync, statSync } from 'node:fs'
import { osFromText } from '../../paths/os-path.ts'
import type { Facts } from './facts.ts'
import { readXmp } from './xmp.ts'

/** Bytes. What programs write has some kilobytes; with the history of many edits, hundreds. */
export const sidecarAtMost = 2 * 1024 * 1024

/**
 * What the first sidecar that can be read says; `null` when there is none. Never throws.
 * @param paths absolute, in the text form of paths/os-path
 */
export function readSidecar(paths: readonly string[]): Facts | null {
  for (const path of paths) {
    try {
      const place = osFromText(path)
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
