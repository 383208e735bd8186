import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addFiles } from '../../../electron/core/library/files/files.ts'
import { takePending } from '../../../electron/core/library/files/queue.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { plainMetadata } from '../../fixtures/plain-reading.ts'
import { addRoot, listRoots } from '../../../electron/core/library/roots/roots.ts'

/**
 * A process that does to a library what indexing does, until it is done or killed: `writer.ts FOLDER PHOTOS`.
 * Says `ready` once it holds the library, then the number of photos whose results are in, after each batch.
 */
const [, , folder = '', wanted = '0'] = process.argv
const photos = Number(wanted)
const library = openLibrary(folder, { mode: 'write' })
process.stdout.write('ready\n')

if (listRoots(library).length === 0) addRoot(library, '/photos')
const folderId = ensureFolder(library, '/photos/all')
const known = Number(library.db.prepare('SELECT count(*) FROM file').pluck().get())
for (let from = known; from < photos; from += 20) {
  addFiles(
    library,
    folderId,
    Array.from({ length: Math.min(20, photos - from) }, (_, index) => ({
      name: `${from + index}.jpg`,
      size: from + index,
      mtime: 0,
      ctime: 0,
    })),
  )
}

const thumbnail = Buffer.alloc(20_000, 'picture')
for (;;) {
  const taken = takePending(library, 10)
  if (taken.length === 0) break
  storeResults(
    library,
    taken.map(({ fileId }) => ({
      kind: 'read',
      fileId,
      reading: {
        format: 'jpeg',
        contentHash: fileId.toString(16).padStart(32, '0'),
        bytes: fileId,
        width: 4,
        height: 3,
        orientation: 1,
        thumbnail,
        animated: false,
        damaged: null,
        facts: {
          content: {
            ...plainMetadata,
            takenAt: `2019-01-${String((fileId % 28) + 1).padStart(2, '0')}T00:00:00`,
            takenPrecision: 'second',
            takenFrom: 'exif',
            camera: `Camera ${fileId % 7}`,
            keywords: ['kept'],
          },
          sidecar: null,
        },
      },
      tagging: {
        tags: [1, 2, 3, 4, 5].map((rank) => ({
          rank,
          classIndex: (fileId * 7 + rank) % 1000,
          probability: 0.5 / rank,
        })),
        categoryProbabilities: [{ categoryId: 1000 + (fileId % 9), probability: 0.7 }],
        turn: 0,
      },
    })),
    { name: 'googlenet', precision: 'int8', sha256: 'f'.repeat(64) },
  )
  process.stdout.write(
    `${library.db.prepare("SELECT count(*) FROM file WHERE state = 'done'").pluck().get()}\n`,
  )
}
process.stdout.write('finished\n')
// Ends without closing the library: what a crash would leave has to do.
process.kill(process.pid, 'SIGKILL')
