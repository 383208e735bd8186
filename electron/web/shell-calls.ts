import type { ShellHandlers } from '../core/contract/contract.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { pathOf } from '../service/path-of.ts'
import type { Supervisor } from '../service/supervisor.ts'
import type { Downloads } from './downloads.ts'
import { canShowInFolder, openFile, showInFolder } from './show-in-folder.ts'

function unsupported(what: string): never {
  throw new KartotekaError('unsupported', `${what} needs the Kartoteka window; this is a page in a browser.`)
}

/**
 * What the browser shell itself answers. It has no folder dialog (the page browses folders through the service)
 * and no trash: a page must not be able to remove files without a question that only a window can ask.
 */
export function webShellCalls(
  supervisor: Pick<Supervisor, 'inner' | 'restart'>,
  downloads: Pick<Downloads, 'offer'>,
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
    },
    openPhoto: async ({ id }) => {
      if (!onLoopback) unsupported('Opening a file with another program')
      await openFile(await pathOf(supervisor, { kind: 'photo', id }))
    },
    // The page puts pictures on the clipboard itself.
    copyPicture: () => unsupported('Putting a picture on the clipboard of the system'),
    dragPhotos: () => unsupported('Dragging photos out'),
    chooseCopyFolder: () => unsupported('The folder dialog'),
    downloadCopies: ({ photoIds, copies }) => ({ address: downloads.offer(photoIds, copies) }),
    restartService: supervisor.restart,
    getShell: async () => ({
      kind: 'browser',
      chooseFolders: false,
      showInFolder: onLoopback && (await canShowInFolder()),
      trash: false,
    }),
  }
}
