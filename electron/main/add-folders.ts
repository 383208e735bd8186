import { dialog, type BrowserWindow } from 'electron'
import * as v from 'valibot'
import { calls } from '../core/contract/contract.ts'
import type { Supervisor } from '../service/supervisor.ts'
import type { Log } from './log.ts'
import type { Texts } from './texts.ts'

/**
 * Adds folders that were named outside of the page (menu, command line, file manager) and begins to look through them.
 * About those that hold more than photos the person is asked first; without a window they are left out.
 */
export async function addFolders(
  paths: readonly string[],
  {
    supervisor,
    window,
    texts,
    log,
  }: {
    readonly supervisor: Pick<Supervisor, 'call'>
    readonly window: BrowserWindow | null
    readonly texts: Texts
    readonly log: Log
  },
): Promise<void> {
  const added = await supervisor.call('addFolders', { paths })
  if (!added.ok) {
    log(`Folders were not added: ${added.error.message}`)
    return
  }
  const answer = v.safeParse(calls.addFolders.output, added.value)
  const refused = answer.success ? answer.output.refused : []
  for (const { failure } of refused) log(`A folder was not added: ${failure.message}`)
  const unusual = refused.filter(({ failure }) => failure.code === 'folder-unusual')
  if (unusual.length > 0 && window !== null) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: texts.lookInUnusual,
      detail: unusual.map(({ failure }) => failure.message).join('\n'),
      buttons: [texts.cancel, texts.lookForPhotos],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (response === 1) {
      await supervisor.call('addFolders', { paths: unusual.map(({ path }) => path), sure: true })
    }
  }
  await supervisor.call('startIndexing', { folderId: null, again: false })
}
