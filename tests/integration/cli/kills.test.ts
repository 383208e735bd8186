import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickCheck } from '../../../electron/core/library/upkeep/check.ts'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { photosDone } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { kartotekaJson, newFolder, removeFolder, startKartoteka } from './kartoteka.ts'

const library = newFolder()
/** Enough to be at work when it is killed or asked to stop. */
const few = 100
/** Photos that are done when it is killed: before it has begun, with the first, on its way, near its end. */
const killedAt = [0, 1, 30, 60, 90]
const photos = newFolder()

beforeAll(() => {
  copyPhotos(photos, few)
})
afterAll(() => {
  removeFolder(library)
  removeFolder(photos)
})

describe('SIGKILL at any moment', () => {
  it('costs nothing: killed five times, then run to its end, every photo is there once', async () => {
    for (const done of killedAt) {
      const running = startKartoteka(['index', photos, '--library', library])
      const gone = once(running, 'exit')
      await atWork(running, library, done)
      // Somewhere within what it does then.
      await wait(Math.random() * 100)
      // The whole group: the command, its service, and its threads.
      if (running.exitCode === null) process.kill(-(running.pid ?? 0), 'SIGKILL')
      await gone
    }
    const last = await kartotekaJson(['index', photos, '--library', library])
    expect(last).toMatchObject({ found: few, failed: 0, missing: 0, moved: 0 })

    const opened = openLibrary(library, { mode: 'read' })
    const states = opened.db
      .prepare('SELECT state, count(*) AS files, count(DISTINCT name) AS names FROM file GROUP BY state')
      .all()
    const tags = opened.db
      .prepare('SELECT count(*) AS photos FROM (SELECT 1 FROM tag GROUP BY photo_id HAVING count(*) = 5)')
      .get()
    closeLibrary(opened)
    expect(states).toEqual([{ state: 'done', files: few, names: few }])
    expect(tags).toEqual({ photos: few })
    expect(quickCheck(libraryFile(library))).toEqual([])
  })

  it('of its service alone: the command says so, starts another one and goes on', async () => {
    const other = newFolder()
    try {
      const running = startKartoteka(['index', photosFolder, '--library', other, '--json'], 'pipe')
      const ended = once(running, 'exit')
      const said = saidBy(running)
      await atWork(running, other, 1)
      killChildrenOf(running.pid ?? 0)
      const [status] = await ended
      expect(status).toBe(0)
      const [document, messages] = await said
      expect(messages).toBe('Indexing went down (SIGKILL) and is started again.\n')
      expect(JSON.parse(document)).toMatchObject({ found: 200, failed: 0, queued: 0, stopped: false })
      expect(await kartotekaJson(['index', photosFolder, '--library', other])).toMatchObject({
        unchanged: 200,
      })
      expect(await kartotekaJson(['problems', '--library', other])).toEqual([])
    } finally {
      removeFolder(other)
    }
  })
})

describe('Ctrl-C', () => {
  it('finishes the photos in work; the next run does the rest', async () => {
    const other = newFolder()
    try {
      const running = startKartoteka(['index', photos, '--library', other, '--json'], 'pipe')
      const ended = once(running, 'exit')
      const said = saidBy(running)
      await atWork(running, other, 1)
      running.kill('SIGINT')
      const [status] = await ended
      const [document, messages] = await said
      const { stopped } = JSON.parse(document) as { stopped: boolean }
      // A fast machine may have been done; nothing else counts as done.
      expect(status).toBe(stopped ? 130 : 0)
      expect(stopped).toBe(waiting(other) > 0)
      expect(messages.includes('run the command again to go on')).toBe(stopped)
      const opened = openLibrary(other, { mode: 'read' })
      const unfinished = opened.db.prepare("SELECT count(*) AS files FROM file WHERE state = 'running'").get()
      closeLibrary(opened)
      expect(unfinished).toEqual({ files: 0 })
      const { indexed, unchanged } = (await kartotekaJson(['index', photos, '--library', other])) as Record<
        string,
        number
      >
      expect((indexed ?? 0) + (unchanged ?? 0)).toBe(few)
    } finally {
      removeFolder(other)
    }
  })
})

/** All that it writes to standard output and to standard error. */
const saidBy = ({ stdout, stderr }: ChildProcess): Promise<[string, string]> =>
  Promise.all([stdout ? text(stdout) : '', stderr ? text(stderr) : ''])

/** Photos that the library does not have yet. */
const waiting = (folder: string): number => few - photosDone(folder)

/** Waits until a run has so many photos in the library, or has ended. */
async function atWork(running: ChildProcess, folder: string, done: number): Promise<void> {
  while (running.exitCode === null && photosDone(folder) < done) await wait(5)
}

/** Kills the processes that a process started, as Linux and macOS name them. */
function killChildrenOf(pid: number): void {
  const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  for (const line of children.trim().split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number)
    if (parent === pid && child !== undefined) process.kill(child, 'SIGKILL')
  }
}
