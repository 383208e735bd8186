import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { ShellHandlers } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { callChannel } from '../preload/channels.ts'
import { routeCall } from '../service/route-call.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { isOurPage } from './addresses.ts'

export interface CallDeps {
  /** The window's contents; `null` while there is no window. */
  readonly window: () => WebContents | null
  readonly supervisor: Pick<Supervisor, 'call'>
  readonly own: ShellHandlers
  /** Told of every call that succeeded, for what the shell must follow (language, consent). */
  readonly onAnswered: (name: string, value: unknown) => void
  readonly checkOutput: boolean
  readonly log: (line: string) => void
}

/** Answers the page's calls: its own here, all others by the service. Only the top frame of our window is heard. */
export function answerCalls(deps: CallDeps): void {
  ipcMain.handle(callChannel, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isTrusted(event, deps.window())) {
      deps.log(
        `Refused a call from ${JSON.stringify(event.senderFrame?.url.slice(0, 200) ?? 'a frame that is gone')}.`,
      )
      const message = 'Calls are answered for the Kartoteka window only.'
      return { ok: false, error: { code: 'invalid-input', message } }
    }
    const result = await routeCall(name, input, deps)
    if (result.ok) deps.onAnswered(String(name), result.value)
    else if (result.error.code === 'invalid-input') deps.log(`Refused a call: ${result.error.message}`)
    return result
  })
}

function isTrusted(event: IpcMainInvokeEvent, window: WebContents | null): boolean {
  const frame = event.senderFrame
  return (
    window !== null &&
    event.sender === window &&
    frame !== null &&
    frame.parent === null &&
    isOurPage(frame.url)
  )
}
