import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { createPool } from '../../../electron/core/indexing/pool.ts'
import { wasKilled } from '../../../electron/service/processes.ts'
import { until } from '../../fixtures/running-shell.ts'
import { scratch, testLibrary } from './index-photos.ts'

/** A pipe nobody writes to: whoever reads it hangs in the system, where nothing of JavaScript reaches. */
function pipeIn(folder: string): string {
  const pipe = join(folder, 'pipe')
  execFileSync('/usr/bin/env', ['mkfifo', pipe])
  return pipe
}

/** Its end for writing; `null` as long as nobody reads. */
function endOf(pipe: string): number | null {
  try {
    return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return null
  }
}

// Windows has no such pipes.
describe.skipIf(process.platform === 'win32')('a thread that hangs in native code', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    ['on a file', 'hang-natively.jpg', /^The thread that reads .+hang-natively\.jpg does not come back\.$/],
    ['in the model', 'hang-in-model.jpg', /^The model hangs on .+hang-in-model\.jpg\.$/],
  ])('%s is told of once, since only the end of the process helps', async (_where, name, reason) => {
    const folder = scratch()
    const pipe = pipeIn(folder)
    const told: string[] = []
    const lost: string[] = []
    const pool = createPool({
      entry: new URL('../../fixtures/failing-worker.ts', import.meta.url),
      workers: 1,
      data: {
        library: testLibrary().folder,
        limits: { ...standardLimits, timeout: 100 },
        model: null,
        look: 'plain',
        priority: 0,
        categories: [],
      },
      onResult: () => {},
      onLost: (_jobs, how) => lost.push(how),
      onBroken: () => {},
      onStuck: (why) => told.push(why),
    })
    await pool.ready
    const path = join(folder, name)
    const file = { fileId: 1, path, sidecars: [], size: 1, mtime: 1, suspect: false }
    pool.read({ ...file, again: false, mayWait: false })
    const held = await until(
      () => endOf(pipe),
      (end) => end !== null,
    )
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([expect.stringMatching(reason)])
    expect(lost).toEqual([])
    closeSync(held ?? 0)
    await pool.stop()
  })

  it('does not keep the process, which ends as after a crash, for its supervisor to replace', async () => {
    const folder = scratch()
    const pipe = pipeIn(folder)
    const child = fork(join(import.meta.dirname, '../../fixtures/stuck-process.ts'), [pipe])
    const held = await until(
      () => endOf(pipe),
      (end) => end !== null,
    )
    child.send('end')
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    closeSync(held ?? 0)
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGABRT' })
    expect(wasKilled(signal)).toBe(false)
  })
})
