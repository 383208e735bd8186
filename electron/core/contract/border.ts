import * as v from 'valibot'
import { calls, type CallInput, type CallName, type CallOutput } from './contract.ts'
import { KartotekaError, toFailure, type Result } from './failure.ts'

/** Bytes one message of a shell may have: room for 200,000 photo ids, not for a flood. */
export const maxMessageBytes = 4 * 1024 * 1024

type Handlers<Name extends CallName> = {
  readonly [Each in Name]: (input: CallInput<Each>) => CallOutput<Each> | Promise<CallOutput<Each>>
}

export interface BorderRules {
  /** Checks what a handler gives back too; on in development and tests, off where a window may hold 200,000 ids. */
  readonly checkOutput: boolean
}

/** Whether `name` is a call of the contract; safe for anything a foreign process may send. */
export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name)
}

/**
 * Answers one call at the border of a process. Never rejects: an unknown call, an input that does not fit
 * the contract, an input of more than `maxMessageBytes` and whatever the handler throws become a failure.
 */
export async function answerCall<Name extends CallName>(
  handlers: Handlers<Name>,
  name: unknown,
  input: unknown,
  rules: BorderRules,
): Promise<Result<unknown>> {
  try {
    if (!isCallName(name) || !Object.hasOwn(handlers, name)) {
      throw new KartotekaError('invalid-input', `There is no call ${quoted(name)} here.`)
    }
    if (!weighsAtMost(input, maxMessageBytes)) {
      throw new KartotekaError(
        'invalid-input',
        `The input of ${name} is larger than ${maxMessageBytes} bytes.`,
      )
    }
    const handler = (handlers as Record<CallName, (input: unknown) => unknown>)[name]
    const value = await handler(checked(name, 'input', input))
    return { ok: true, value: rules.checkOutput ? checked(name, 'output', value) : value }
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) }
  }
}

function checked(name: CallName, side: 'input' | 'output', value: unknown): unknown {
  const parsed = v.safeParse(calls[name][side], value)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const where = v.getDotPath(issue)
  throw new KartotekaError(
    side === 'input' ? 'invalid-input' : 'internal',
    `The ${side} of ${name} does not fit${where === null ? '' : ` at ${where}`}: ${issue.message}.`,
  )
}

function quoted(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : `of type ${typeof name}`
}

/**
 * Whether plain data would take at most `limit` bytes as a message. An estimate from below that stops as soon
 * as it knows, so that weighing a flood costs no more than the limit. Cycles and deep nests are refused.
 */
export function weighsAtMost(value: unknown, limit: number): boolean {
  let left = limit
  const weigh = (part: unknown, depth: number): boolean => {
    if (depth > 32) return false
    if (typeof part === 'string') left -= part.length
    else if (ArrayBuffer.isView(part)) left -= part.byteLength
    else if (part instanceof ArrayBuffer) left -= part.byteLength
    else left -= 1
    if (left < 0) return false
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return true
    if (Array.isArray(part)) return part.every((each) => weigh(each, depth + 1))
    return Object.entries(part).every(([key, each]) => weigh(key, depth + 1) && weigh(each, depth + 1))
  }
  return weigh(value, 0)
}
