import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChosenModel } from '../core/classify/choice.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { indexHere } from './index-here.ts'
import { linkPhotos, makePhotos } from './synthetic-photos.ts'
import { inScratch } from './scratch.ts'

/** Resident memory of the whole process, in MB (10⁶ bytes). */
export interface MemoryFigures {
  readonly after1000MB: number
  readonly after20000MB: number
  readonly peakMB: number
}

const first = 1000
const last = 20_000
/** Photos of different content; the rest are links to them. */
const sources = 50

/** Indexes 20,000 small photos and looks at the memory on the way. */
export function memory(model: ChosenModel, log: (line: string) => void): Promise<MemoryFigures> {
  return inScratch(async (scratch) => {
    await makePhotos(join(scratch, 'sources'), sources, { width: 500, height: 375 })
    const paths = Array.from({ length: sources }, (_, number) =>
      join(scratch, 'sources', `photo-${number}.jpg`),
    )
    linkPhotos(paths, join(scratch, 'photos'), last, 1000)
    const library = openLibrary(join(scratch, 'library'), { mode: 'write' })
    let after1000 = 0
    try {
      const workers = model.maxWorkers ?? workersFor('full', thisMachine())
      await indexHere(library, join(scratch, 'photos'), model, workers, {
        onState: (_state, { indexed }) => {
          const now = residentMB()
          if (after1000 === 0 && indexed >= first) {
            after1000 = now
            log(`${indexed} photos: ${now} MB`)
          }
        },
      })
      return { after1000MB: after1000, after20000MB: residentMB(), peakMB: peakMB() }
    } finally {
      closeLibrary(library)
    }
  })
}

function residentMB(): number {
  return Math.round(process.memoryUsage.rss() / 1e6)
}

/**
 * The system's own record of the peak: samples can miss it. On Linux `maxRSS` begins with what the parent process had
 * when it started this one; the status file tells of this program alone.
 */
function peakMB(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : ''
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS
  return Math.round((Number(kilobytes) * 1024) / 1e6)
}
