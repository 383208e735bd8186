import { answerCall, faultOfMessage, isCallName } from '../core/contract/border.ts'
import type { ShellHandlers } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { shellCalls } from '../core/contract/shell-calls.ts'
import type { Supervisor } from './supervisor.ts'

export interface CallRoutes {
  /** What only the shell can answer. */
  readonly own: ShellHandlers
  readonly supervisor: Pick<Supervisor, 'call'>
  /** See `BorderRules`. */
  readonly checkOutput: boolean
}

/** Answers a call of the page: in the shell itself, or by the service, which validates the input. Never rejects. */
export function routeCall(name: unknown, input: unknown, routes: CallRoutes): Promise<Result<unknown>> {
  // What is no message must not even be passed on: the process would seem to be gone.
  const fault = faultOfMessage(input)
  if (fault !== null) {
    const message = `The input of ${isCallName(name) ? name : 'an unknown call'} ${fault}`
    return Promise.resolve({ ok: false, error: { code: 'invalid-input', message } })
  }
  if (!isCallName(name) || Object.hasOwn(shellCalls, name)) return answerCall(routes.own, name, input, routes)
  return routes.supervisor.call(name, input)
}
