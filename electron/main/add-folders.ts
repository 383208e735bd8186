import type { BrowserWindow } from 'electron'
import * as v from 'valibot'
import { calls, type CallInput, type CallOutput } from '../core/contract/contract.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { askPerson } from './ask-person.ts'
import type { Log } from './log.ts'
import type { Texts } from './texts.ts'

interface Deps {
  readonly supervisor: Pick<Supervisor, 'call'>
  readonly window: BrowserWindow | null
  readonly texts: Texts
  readonly log: Log
}

/**
 * Adds folders that were named outside of the page (menu, command line, file manager) and begins to look through them.
 * About those that hold more than photos, or look like one that is away, the person is asked first; without a window
 * they are left out.
 */
export async function addFolders(paths: readonly string[], deps: Deps): Promise<void> {
  if (await add({ paths: [...paths] }, deps))
    await deps.supervisor.call('startIndexing', { folderId: null, again: false })
}

/** @returns whether the service could be asked */
async function add(input: CallInput<'addFolders'>, deps: Deps): Promise<boolean> {
  const { supervisor, window, log } = deps
  const added = await supervisor.call('addFolders', input)
  if (!added.ok) {
    log(`Folders were not added: ${added.error.message}`)
    return false
  }
  const answer = v.safeParse(calls.addFolders.output, added.value)
  const refused = answer.success ? answer.output.refused : []
  for (const { failure } of refused) log(`A folder was not added: ${failure.message}`)
  if (window === null) return true
  const moved = refused.find(({ movedFrom }) => movedFrom !== undefined)
  const unusual = refused.filter(({ failure }) => failure.code === 'folder-unusual')
  if (moved !== undefined) {
    await askMoved(moved, window, deps)
    // One question at a time: the answer may settle others.
    const others = refused.filter(
      (each) => each !== moved && (each.movedFrom !== undefined || unusual.includes(each)),
    )
    if (others.length > 0) await add({ paths: others.map(({ path }) => path) }, deps)
  } else if (unusual.length > 0) await askUnusual(unusual, window, deps)
  return true
}

type Refused = CallOutput<'addFolders'>['refused'][number]

async function askUnusual(
  unusual: readonly Refused[],
  window: BrowserWindow,
  { supervisor, texts }: Deps,
): Promise<void> {
  const { response } = await askPerson(window, {
    type: 'question',
    message: texts.lookInUnusual,
    detail: unusual.map(({ failure }) => failure.message).join('\n'),
    buttons: [texts.cancel, texts.lookForPhotos],
  })
  if (response === 1) {
    await supervisor.call('addFolders', { paths: unusual.map(({ path }) => path), sure: true })
  }
}

async function askMoved({ path, movedFrom }: Refused, window: BrowserWindow, deps: Deps): Promise<void> {
  const { supervisor, texts, log } = deps
  if (movedFrom === undefined) return
  const { response } = await askPerson(window, {
    type: 'question',
    message: texts.sameFolder(movedFrom.path, path),
    detail: texts.sameFolderDetail,
    buttons: [texts.cancel, texts.addAsCopy, texts.isSame],
  })
  if (response === 1) await add({ paths: [path], asCopies: true }, deps)
  if (response !== 2) return
  const relocated = await supervisor.call('relocateFolder', { id: movedFrom.id, path })
  if (!relocated.ok) log(`A folder was not relocated: ${relocated.error.message}`)
}
