import type { ShellHandlers } from '../core/contract/contract.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { pathOf } from '../service/path-of.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { canShowInFolder, showInFolder } from './show-in-folder.ts'

function unsupported(what: string): never {
  throw new KartotekaError('unsupported', `${what} needs the Kartoteka window; this is a page in a browser.`)
}

/**
 * What the browser shell itself answers. It has no folder dialog (the page browses folders through the service)
 * and no trash: a page must not be able to remove files without a question that only a window can ask.
 */
export function webShellCalls(
  supervisor: Pick<Supervisor, 'inner' | 'restart'>,
  onLoopback: boolean,
): ShellHandlers {
  return {
    chooseFolders: () => unsupported('The folder dialog'),
    chooseWeights: () => unsupported('The file dialog'),
    trashPhotos: () => unsupported('Moving files to the trash'),
    showInFolder: async (which) => {
      // The file manager opens on the computer of the server; elsewhere nobody would see it.
      if (!onLoopback) unsupported('Showing a file in its folder')
      await showInFolder(await pathOf(supervisor, which))
      return null
    },
    restartService: () => {
      supervisor.restart()
      return null
    },
    getShell: async () => ({
      kind: 'browser',
      chooseFolders: false,
      showInFolder: onLoopback && (await canShowInFolder()),
      trash: false,
    }),
  }
}
