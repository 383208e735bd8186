import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Status } from '../core/contract/states.ts'
import type { SearchPage, WallPhoto } from '../core/contract/values.ts'
import type { Result } from '../core/contract/failure.ts'
import type { MediaResponse } from '../core/media/respond.ts'
import type { FromService, ToService } from '../service/protocol.ts'

/** What a run of the packed service showed. */
export interface ServiceRun {
  readonly photos: number
  /** Photos that the search finds. */
  readonly found: number
  /** Bytes of the first one's thumbnail, a JPEG. */
  readonly thumbnail: number
  /** Files with native code that the process had in its memory while it worked. */
  readonly loaded: readonly string[]
}

/**
 * Speaks to the packed service as the desktop shell does: add a folder, index it, search, fetch a picture, stop.
 * @throws Error when it does not answer, or not well.
 */
export async function runPackedService(
  entry: string,
  library: string,
  photos: string,
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<ServiceRun> {
  const child = fork(entry, ['--library', library, '--shell', 'electron', '--check-output'], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    cwd: '/',
    env,
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromService) => {
      if (message.kind === 'ready') resolve()
      else if (message.kind === 'refused') reject(new Error(message.failure.message))
      else if (message.kind === 'answer') waiting.get(message.id)?.(message.result)
    })
    child.once('exit', (code) => {
      reject(new Error(`The service ended with ${code}.`))
    })
  })
  let asked = 0
  const ask = async <Value>(kind: 'call' | 'inner', name: string, input: unknown): Promise<Value> => {
    asked += 1
    const id = asked
    const result = await new Promise<Result<unknown>>((resolve) => {
      waiting.set(id, resolve)
      child.send({ kind, id, name, input } as ToService)
    })
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value as Value
  }
  try {
    await ready
    await ask('call', 'addFolders', { paths: [photos] })
    await ask('call', 'startIndexing', { folderId: null, again: false })
    let status = await ask<Status>('call', 'getStatus', null)
    for (
      let tries = 0;
      tries < 600 && (status.indexing.phase !== 'idle' || status.photos === 0);
      tries += 1
    ) {
      await wait(200)
      status = await ask<Status>('call', 'getStatus', null)
    }
    const search = { text, sort: 'confidence', minConfidence: null, language: 'en' }
    const page = await ask<SearchPage>('call', 'search', { search, limit: 0 })
    const [first] = await ask<WallPhoto[]>('call', 'getWindow', { search, offset: 0, limit: 1 })
    if (!first) throw new Error(`The packed service finds no ${text}.`)
    const picture = await ask<MediaResponse>('inner', 'media', {
      method: 'GET',
      target: `/thumb/${first.id}?v=${first.version}`,
      ifNoneMatch: null,
    })
    const loaded = nativeFilesOf(child.pid ?? 0)
    child.send({ kind: 'stop' } satisfies ToService)
    const [code] = (await exited) as [number | null]
    if (code !== 0) throw new Error(`The packed service ended with ${code} when it was told to stop.`)
    return {
      photos: status.photos,
      found: page.total,
      thumbnail: picture.status === 200 ? (picture.body?.byteLength ?? 0) : 0,
      loaded,
    }
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL')
  }
}

/** Libraries and WebAssembly are files in node_modules; what is mapped is what was loaded. */
function nativeFilesOf(pid: number): string[] {
  const paths = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .map((line) => line.slice(line.indexOf('/')))
    .filter((path) => path.includes('/node_modules/') && path !== process.execPath)
  return [...new Set(paths)].toSorted()
}
