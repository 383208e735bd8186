import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { EventName } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { offerApi } from '../core/contract/offer-api.ts'
import { callChannel, eventChannel } from './channels.ts'

/** Runs sandboxed in the window before the page does: the page sees these named functions and nothing of Electron. */
const listeners = new Map<EventName, Set<(payload: unknown) => void>>()

ipcRenderer.on(eventChannel, (_event, name: EventName, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

contextBridge.exposeInMainWorld(
  'kartoteka',
  offerApi({
    call: (name, input) =>
      ipcRenderer.invoke(callChannel, name, input).then(
        (result: unknown) => result as Result<unknown>,
        (thrown: unknown): Result<never> => ({
          ok: false,
          error: { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) },
        }),
      ),
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
    mediaUrl: (kind, photo) =>
      `kartoteka-media://photo/${kind}/${Number(photo.id)}?v=${encodeURIComponent(photo.version)}`,
    droppedFolders: (files) =>
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
  }),
)
