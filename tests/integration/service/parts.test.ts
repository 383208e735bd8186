import { beforeEach, expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import type { LibraryService } from '../../../electron/service/library-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

const service = '../../../electron/service'
/** By the function that makes a part, where it is and how the part is closed. */
const made: Readonly<Record<string, readonly [file: string, close: string]>> = {
  createChanges: [`${service}/changes.ts`, 'end'],
  createCallingThread: [`${service}/calling-thread.ts`, 'stop'],
  createModelProvider: [`${service}/model-provider.ts`, 'end'],
  createIndexingControl: [`${service}/indexing-control.ts`, 'end'],
  createBackupScheduler: [`${service}/backup-scheduler.ts`, 'end'],
  createFolderWatch: [`${service}/folder-watch.ts`, 'close'],
}
const open = '../../../electron/core/library/upkeep/open.ts'

type Functions = Record<string, (...given: unknown[]) => unknown>

const started: string[] = []
const closed: string[] = []
let broken = ''

for (const [make, [file, close]] of Object.entries(made)) {
  vi.doMock(file, async (original) => {
    const real = await original<Functions>()
    const noting = (...given: unknown[]): unknown => {
      if (make === broken) throw new Error(`No ${make} today.`)
      const part = real[make]?.(...given) as Functions
      started.push(make)
      return {
        ...part,
        [close]: () => {
          closed.push(make)
          return part[close]?.()
        },
      }
    }
    return { ...real, [make]: noting }
  })
}
vi.doMock(open, async (original) => {
  const real = await original<Functions>()
  const noting =
    (name: string, list: string[]) =>
    (...given: unknown[]): unknown => {
      list.push('library')
      return real[name]?.(...given)
    }
  return {
    ...real,
    openLibrary: noting('openLibrary', started),
    closeLibrary: noting('closeLibrary', closed),
  }
})
const { openLibraryService } = await import('../../../electron/service/library-service.ts')

beforeEach(() => {
  started.length = 0
  closed.length = 0
  broken = ''
})

function openIn(library: string): Promise<LibraryService> {
  return openLibraryService({
    service: { library, shell: 'browser', checkOutput: true, crashesAllowed: 2 },
    lexicon: loadLexicon(),
    machineFolder: tempFolder(),
    afresh: false,
    emit: () => {},
    log: () => {},
  })
}

it('the parts of the service are closed in the reverse order of their start, each once', async () => {
  const { close } = await openIn(tempFolder())
  expect(new Set(started)).toEqual(new Set(['library', ...Object.keys(made)]))
  expect(closed).toEqual([])
  await close()
  await close()
  expect(closed).toEqual(started.toReversed())
})

it.each(['createCallingThread', 'createIndexingControl', 'createFolderWatch'])(
  'when one of them cannot be started (%s), those before it are closed and the library is free',
  async (part) => {
    const library = tempFolder()
    broken = part
    await expect(openIn(library)).rejects.toThrow(`No ${part} today.`)
    expect(started[0]).toBe('library')
    expect(closed).toEqual(started.toReversed())
    broken = ''
    const { close } = await openIn(library)
    await close()
  },
)
