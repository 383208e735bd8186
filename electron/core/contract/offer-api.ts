import type { KartotekaApi } from './api.ts'
import { calls, events, type CallName, type EventName } from './contract.ts'
import type { Result } from './failure.ts'

/** What a shell must bring so that the whole contract can be offered to the renderer. */
export interface Transport {
  /** Must not reject. */
  readonly call: (name: CallName, input: unknown) => Promise<Result<unknown>>
  readonly on: (name: EventName, listener: (payload: unknown) => void) => () => void
  readonly mediaUrl: KartotekaApi['mediaUrl']
  readonly droppedFolders: KartotekaApi['droppedFolders']
}

/**
 * The renderer's API over any transport: one named function for each call of the contract, nothing else.
 * Both the Electron preload and the page's WebSocket client are made by it, so neither can lack a call.
 */
export function offerApi(transport: Transport): KartotekaApi {
  const named = Object.fromEntries(
    (Object.keys(calls) as CallName[]).map((name) => [
      name,
      (input: unknown = null) => transport.call(name, input),
    ]),
  )
  return {
    ...named,
    on: (name: EventName, listener: (payload: never) => void) =>
      Object.hasOwn(events, name)
        ? transport.on(name, (payload) => {
            listener(payload as never)
          })
        : () => {},
    mediaUrl: transport.mediaUrl,
    droppedFolders: transport.droppedFolders,
  } as unknown as KartotekaApi
}
