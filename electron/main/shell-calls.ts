import { app, dialog, shell, type BrowserWindow } from 'electron'
import type { ShellHandlers } from '../core/contract/contract.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import { nameToOpen, pathOf } from '../service/path-of.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { copyPicture, dragPhotos } from './hand-over.ts'
import type { WindowStateStore } from './window-state.ts'
import type { Texts } from './texts.ts'
import { trashPhotos } from './trash.ts'

export interface ShellDeps {
  readonly window: () => BrowserWindow | null
  readonly supervisor: Pick<Supervisor, 'inner' | 'restart'>
  readonly windowState: WindowStateStore
  readonly texts: () => Texts
}

/** What only the Electron shell can do: dialogs, the file manager, the trash. */
export function electronShellCalls(deps: ShellDeps): ShellHandlers {
  const openWindow = (): BrowserWindow => {
    const window = deps.window()
    if (window === null) throw new KartotekaError('unsupported', 'There is no window to ask in.')
    return window
  }
  return {
    chooseFolders: () => chooseFolders(openWindow(), deps.windowState, deps.texts()),
    chooseWeights: () => chooseWeights(openWindow(), deps.texts()),
    showInFolder: async (which) => {
      const path = await pathOf(deps.supervisor, which)
      const name = osFromText(path)
      if (typeof name !== 'string') {
        throw new KartotekaError('unsupported', `The name of ${path} cannot be passed to the file manager.`)
      }
      shell.showItemInFolder(name)
    },
    trashPhotos: ({ photoIds }) => trashPhotos(photoIds, openWindow(), deps.supervisor, deps.texts()),
    openPhoto: async ({ id }) => {
      const path = await pathOf(deps.supervisor, { kind: 'photo', id })
      const why = await shell.openPath(nameToOpen(path))
      if (why !== '') throw new KartotekaError('unsupported', `${path} could not be opened: ${why}`)
    },
    copyPicture: ({ id }) => copyPicture(id, deps.supervisor),
    dragPhotos: async ({ photoIds }) => {
      await dragPhotos(photoIds, openWindow().webContents, deps.supervisor)
    },
    chooseCopyFolder: () => chooseCopyFolder(openWindow(), deps.texts()),
    downloadCopies: () => {
      throw new KartotekaError(
        'unsupported',
        'Downloads are for pages in a browser; the window saves into a folder.',
      )
    },
    restartService: deps.supervisor.restart,
    getShell: () => ({ kind: 'electron', chooseFolders: true, showInFolder: true, trash: true }),
  }
}

/** Asks for folders, starting where the person was last time; `[]` when they changed their mind. */
export async function chooseFolders(
  window: BrowserWindow,
  windowState: WindowStateStore,
  texts: Texts,
): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.chooseFolders,
    defaultPath: windowState.get().lastFolder ?? app.getPath('pictures'),
    properties: ['openDirectory', 'multiSelections'],
  })
  if (canceled) return []
  windowState.set({ lastFolder: filePaths[0] ?? null })
  return filePaths
}

/** Asks for a file with the network's weights, where downloads usually are. */
async function chooseWeights(window: BrowserWindow, texts: Texts): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.chooseWeights,
    defaultPath: app.getPath('downloads'),
    properties: ['openFile'],
    filters: [{ name: 'ONNX', extensions: ['onnx'] }],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to save copies; a folder can be made there. */
async function chooseCopyFolder(window: BrowserWindow, texts: Texts): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.chooseCopyFolder,
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}
