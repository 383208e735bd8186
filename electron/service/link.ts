import type { Failure, Result } from '../core/contract/failure.ts'
import type { FromService, InnerCalls, InnerName, ToService } from './protocol.ts'

/** The calling side of one running service process: numbers the calls and hands each answer to its caller. */
export interface Link {
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>
  readonly inner: <Name extends InnerName>(
    name: Name,
    input: InnerCalls[Name]['input'],
  ) => Promise<Result<InnerCalls[Name]['output']>>
  readonly receive: (answer: Extract<FromService, { kind: 'answer' }>) => void
  /** The process is gone: every call still open is answered with `failure`, and so is every later one. */
  readonly close: (failure: Failure) => void
}

/** @param post Hands a message to the process; what it throws counts as the process being gone. */
export function createLink(post: (message: ToService) => void): Link {
  const open = new Map<number, (result: Result<unknown>) => void>()
  let last = 0
  let closed: Failure | null = null

  const send = (message: (id: number) => ToService): Promise<Result<unknown>> => {
    if (closed !== null) return Promise.resolve({ ok: false, error: closed })
    last += 1
    const id = last
    return new Promise((resolve) => {
      open.set(id, resolve)
      try {
        post(message(id))
      } catch {
        open.delete(id)
        resolve({ ok: false, error: serviceDown })
      }
    })
  }

  return {
    call: (name, input) => send((id) => ({ kind: 'call', id, name, input })),
    inner: async (name, input) =>
      (await send((id) => ({ kind: 'inner', id, name, input }))) as Result<InnerCalls[typeof name]['output']>,
    receive: ({ id, result }) => {
      const resolve = open.get(id)
      open.delete(id)
      resolve?.(result)
    },
    close: (failure) => {
      closed = failure
      const waiting = [...open.values()]
      open.clear()
      for (const resolve of waiting) resolve({ ok: false, error: failure })
    },
  }
}

export const serviceDown: Failure = {
  code: 'service-down',
  message: 'The part of Kartoteka that reads the library stopped unexpectedly. It is being started again.',
}
