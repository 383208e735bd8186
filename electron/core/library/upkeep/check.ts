import { Worker } from 'node:worker_threads'
import { openDatabase } from './database.ts'

/**
 * Reads the whole database and looks for damage; the faults found, none for a good one. Takes some seconds at a
 * million photos, so not on a thread that serves people: see `checkInBackground`.
 * @param file of the library or of a backup that `inspectFile` found to have our schema, since this runs its CHECKs;
 * nothing is changed in it
 */
export function quickCheck(file: string): string[] {
  let db
  try {
    db = openDatabase(file, { readonly: true, fileMustExist: true })
    const rows = db.prepare<[], { quick_check: string }>('PRAGMA quick_check(20)').all()
    return rows.map((row) => row.quick_check).filter((fault) => fault !== 'ok')
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    db?.close()
  }
}

/** What the thread behind `inBackground` reads. */
export type Examination =
  | { readonly of: 'library'; readonly file: string }
  | { readonly of: 'backup' | 'loss'; readonly folder: string; readonly id: string }

/**
 * `quickCheck` on a thread of its own, while the library is in use. Worth doing after the library was not closed
 * (`Library.unclean`); a full read at every start would make a large library slow to open for nothing.
 * @param thread see `inBackground`
 */
export function checkInBackground(file: string, thread: URL): Promise<string[]> {
  return inBackground({ of: 'library', file }, thread)
}

/**
 * Has a thread of its own read what takes long to read.
 * @param thread file that runs `check-thread.ts`; a bundle says where its own is
 * @returns what the thread's function for such an examination gives
 */
export function inBackground<Found>(examination: Examination, thread: URL): Promise<Found> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: examination })
    worker.once('message', resolve)
    worker.on('error', reject)
    worker.once('exit', () => {
      reject(new Error('The check ended without a result'))
    })
  })
}
