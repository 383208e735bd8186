import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { cpuShare, type Timed } from './measure.ts'
import type { TextbookMessage, TextbookResult } from './textbook-worker.ts'

/**
 * Indexes photos the way a competent engineer writes it first: a pool of workers, one photo at a time each,
 * results stored as they come.
 * @param model the published graph
 * @param folder a place for its database
 * @returns the time from the first photo given out to the last result stored; models are loaded before.
 */
export async function runTextbook(
  photos: readonly string[],
  model: string,
  workers: number,
  folder: string,
): Promise<Timed> {
  const store = openStore(join(folder, 'textbook.sqlite'))
  const pool = await Promise.all(Array.from({ length: workers }, () => start(model)))
  const waiting = [...photos]
  const clock = cpuShare()
  await Promise.all(pool.map((worker) => work(worker, waiting, store.save)))
  const measured = clock()
  for (const worker of pool) worker.postMessage(null)
  store.close()
  return measured
}

function start(model: string): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./textbook-worker.ts', import.meta.url), { workerData: model })
    worker.once('error', reject)
    worker.once('message', () => resolve(worker))
  })
}

function work(worker: Worker, waiting: string[], save: (result: TextbookResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const path = waiting.pop()
      if (path === undefined) resolve()
      else worker.postMessage(path)
    }
    worker.once('error', reject)
    worker.on('message', (message: TextbookMessage) => {
      if (message.type === 'done') save(message.result)
      next()
    })
    next()
  })
}

function openStore(file: string): { save: (result: TextbookResult) => void; close: () => void } {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(`
    CREATE TABLE photo (id INTEGER PRIMARY KEY, path TEXT UNIQUE, thumbnail BLOB);
    CREATE TABLE tag (photo_id INTEGER, class_index INTEGER, probability REAL);
    CREATE INDEX tag_by_class ON tag (class_index, probability);
  `)
  const addPhoto = database.prepare('INSERT INTO photo (path, thumbnail) VALUES (?, ?)')
  const addTag = database.prepare('INSERT INTO tag VALUES (?, ?, ?)')
  return {
    save: database.transaction(({ path, thumbnail, topFive }: TextbookResult) => {
      const { lastInsertRowid } = addPhoto.run(path, thumbnail)
      for (const [classIndex, probability] of topFive) addTag.run(lastInsertRowid, classIndex, probability)
    }),
    close: () => {
      database.close()
    },
  }
}
