import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { toFailure } from '../core/contract/failure.ts'
import { sniff } from '../core/imaging/sniff.ts'
import { knownTo } from '../core/indexing/known-folders.ts'
import {
  stepsAhead,
  type FromScanWorker,
  type ScanWorkerData,
  type ToScanWorker,
} from '../core/indexing/scan-protocol.ts'
import { explainedFor } from '../core/library/sqlite-errors.ts'
import { openReader } from '../core/library/upkeep/open.ts'
import { isWithin, osFromText, textFromOs } from '../core/paths/os-path.ts'
import { scanRoots, type KnownFolders } from '../core/scan/scan-root.ts'

/**
 * The scan thread: looks through folders and tells how they differ from the library. It has a thread of its own
 * because looking blocks, for long if a disk sleeps or a network is slow.
 */

if (parentPort === null) throw new Error('scan-worker must be started as a worker thread')
const port = parentPort
const { library: folder, folders, chosen } = workerData as ScanWorkerData

const ownFolder = textFromOs(realpathSync.native(osFromText(folder), { encoding: 'buffer' }))
const traffic = { underWay: 0, stopped: false }
let goOn: (() => void) | null = null
port.on('message', (message: ToScanWorker) => {
  if (message.type === 'stop') traffic.stopped = true
  else traffic.underWay -= 1
  goOn?.()
})

try {
  // Whoever started this thread has looked at the library and has it open.
  const reader = openReader(folder)
  try {
    await scan(knownTo(reader))
  } finally {
    reader.close()
  }
  send({ type: 'end' })
} catch (error) {
  send({ type: 'failed', failure: toFailure(explainedFor(error, folder)) })
} finally {
  port.close()
}

async function scan(known: KnownFolders): Promise<void> {
  for (const { root, step } of scanRoots(folders, known, beginsLikePhoto, chosen)) {
    send({ type: 'step', folder: root, step })
    traffic.underWay += 1
    while (traffic.underWay >= stepsAhead && !traffic.stopped) {
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    }
    if (traffic.stopped) return
  }
}

/**
 * Files of the library itself, which may lie among the photos, are never opened by hand: closing them would take away
 * the locks that SQLite holds on them in this process.
 */
function beginsLikePhoto(path: string): boolean {
  if (isWithin(path, ownFolder)) return false
  const head = Buffer.alloc(512)
  try {
    const file = openSync(osFromText(path), 'r')
    try {
      return sniff(head.subarray(0, readSync(file, head, 0, head.length, 0))).photo !== null
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

function send(message: FromScanWorker): void {
  port.postMessage(message)
}
