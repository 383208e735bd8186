import type { MessagePort } from 'node:worker_threads'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import type { FromThread, ThreadHandlers, ToThread } from '../core/contract/thread-calls.ts'

/**
 * Answers calls of the service on this thread's port until it says stop.
 * @param handlers or what gives them: it is asked at each call, so that the first one can open what they need
 * @param end frees what the thread holds; the port is closed after it
 * @param explained a thrown value as people are to be told of it
 */
export function answerCalls<Calls>(
  port: MessagePort,
  handlers: ThreadHandlers<Calls> | (() => ThreadHandlers<Calls>),
  end: () => void | Promise<void>,
  explained: (thrown: unknown) => unknown = (thrown) => thrown,
): void {
  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    try {
      const all = typeof handlers === 'function' ? handlers() : handlers
      const handler = (all as Record<string, ((input: unknown) => unknown) | undefined>)[name]
      if (handler === undefined) throw new KartotekaError('internal', `The thread has no call ${name}.`)
      send(port, { kind: 'result', id, result: { ok: true, value: await handler(input) } })
    } catch (thrown) {
      send(port, { kind: 'result', id, result: { ok: false, error: toFailure(explained(thrown)) } })
    }
  }
  port.on('message', (message: ToThread) => {
    if (message.kind === 'call') void answer(message.id, message.name, message.input)
    else void Promise.resolve(end()).finally(() => port.close())
  })
}

export function send(port: MessagePort, message: FromThread): void {
  port.postMessage(message)
}
