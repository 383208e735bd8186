import { BrowserWindow, nativeTheme, screen } from 'electron'
import { fileURLToPath } from 'node:url'
import { pageAddress } from './addresses.ts'
import type { WindowStateStore } from './window-state.ts'
import { leastSize, windowBounds } from './window-bounds.ts'

/** Opens the window at once, empty, and loads the page into it: nothing slow stands before the first pixel. */
export function openWindow(windowState: WindowStateStore, log: (line: string) => void): BrowserWindow {
  const { bounds } = windowState.get()
  const window = new BrowserWindow({
    ...windowBounds(
      bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: 'Kartoteka',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161616' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  if (bounds?.maximized === true) window.maximize()

  const remember = (): void => {
    const { x, y, width, height } = window.getNormalBounds()
    windowState.set({ bounds: { x, y, width, height, maximized: window.isMaximized() } })
  }
  window.on('close', remember)

  let reloaded = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`The page ended: ${reason}.`)
    // Once is an accident; a page that dies at every start must not be loaded for ever.
    if (reason === 'clean-exit' || reloaded >= 3) return
    reloaded += 1
    window.webContents.reload()
  })
  window.loadURL(pageAddress).catch((error: unknown) => {
    log(`The page could not be loaded: ${String(error)}`)
  })
  return window
}
