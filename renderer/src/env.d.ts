import type { KartotekaApi } from '../../electron/core/contract/api.ts'

declare global {
  interface Window {
    /** Put there by the preload of the desktop app; a browser has none. */
    readonly kartoteka?: KartotekaApi
  }
}
