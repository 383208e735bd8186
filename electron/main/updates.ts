import { dialog } from 'electron'
import type { Texts } from './texts.ts'

/**
 * Looks for a newer version, once a run and only after the person said yes in the settings; downloads it only
 * after a second yes. Without consent the updater is not even loaded, and nothing is contacted.
 */
export function createUpdateCheck(
  log: (line: string) => void,
): (consent: boolean, texts: Texts) => Promise<void> {
  let checked = false
  return async (consent, texts) => {
    if (!consent || checked) return
    checked = true
    try {
      const { autoUpdater } = (await import('electron-updater')).default
      autoUpdater.autoDownload = false
      autoUpdater.autoInstallOnAppQuit = true
      const found = await autoUpdater.checkForUpdates()
      if (found === null || !found.isUpdateAvailable) return
      const { response } = await dialog.showMessageBox({
        type: 'info',
        message: texts.updateFound(found.updateInfo.version),
        detail: texts.updateDetail,
        buttons: [texts.later, texts.download],
        defaultId: 1,
        cancelId: 0,
        noLink: true,
      })
      if (response === 1) await autoUpdater.downloadUpdate()
    } catch (error) {
      log(`Looking for an update failed: ${String(error)}`)
    }
  }
}
