import type { KartotekaApi } from '../../electron/core/contract/api.ts'
import { connectInBrowser } from './browser-client.ts'

/** What the shell offers: the desktop app's preload, or this page's own connection to the browser shell. */
export const api: KartotekaApi = window.kartoteka ?? connectInBrowser()
