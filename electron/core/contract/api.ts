import type { CallInput, CallName, CallOutput, EventName, EventPayload } from './contract.ts'
import type { Result } from './failure.ts'

/**
 * What a shell puts before the renderer: in Electron the preload exposes it as `window.kartoteka`,
 * in the browser the page's own client has the same shape. Calls never reject: errors are values.
 */
export type KartotekaApi = {
  readonly [Name in CallName]: CallInput<Name> extends null
    ? () => Promise<Result<CallOutput<Name>>>
    : (input: CallInput<Name>) => Promise<Result<CallOutput<Name>>>
} & {
  /** Returns the function that ends the subscription. */
  readonly on: <Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ) => () => void
  /** Address of a photo's pictures: by id and content version, never by path. */
  readonly mediaUrl: (kind: MediaKind, photo: { readonly id: number; readonly version: string }) => string
  /** The folders dropped on the window, as paths; empty where the shell cannot know them. */
  readonly droppedFolders: (files: readonly File[]) => string[]
}

/**
 * `thumb`: at most 512 px JPEG; `view`: upright, sRGB, screen-sized JPEG of any format we read; `original`: all its pixels,
 * to be asked for where `getOwnPixels` says that they can be had.
 */
type MediaKind = 'thumb' | 'view' | 'original'
