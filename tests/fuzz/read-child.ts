import { standardLimits } from '../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../electron/core/imaging/read-photo.ts'

/** Reads the photos it is told of, one at a time, and says how each went and how much memory it took at most. */
process.on('message', (path: string) => {
  void answer(path)
})

async function answer(path: string): Promise<void> {
  const { ok } = await readPhoto(path, standardLimits)
  process.send?.({ ok, peakMB: Math.round(process.resourceUsage().maxRSS / 1024) })
}
