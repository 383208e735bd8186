import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { standardLimits } from '../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../electron/core/imaging/read-photo.ts'

/** `read-again.ts FOLDER`: reads its photos again and again and prints the memory early and late, in MB. */
const folder = process.argv[2] ?? ''
const photos = readdirSync(folder)
  .filter((name) => name.endsWith('.JPEG'))
  .slice(0, 50)

async function readAll(times: number): Promise<number> {
  for (let time = 0; time < times; time++) {
    for (const name of photos) await readPhoto(join(folder, name), standardLimits)
  }
  globalThis.gc?.()
  return Math.round(process.memoryUsage.rss() / 1e6)
}

// Allocators keep some of what they once needed; that ends after a few hundred photos.
const earlyMB = await readAll(10)
const lateMB = await readAll(10)
console.log(JSON.stringify({ earlyMB, lateMB }))
