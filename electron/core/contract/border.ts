import * as v from 'valibot'
import { calls, type CallName, type Handlers } from './contract.ts'
import { KartotekaError, toFailure, type Result } from './failure.ts'

/** Bytes one message of a shell may have: room for 200,000 photo ids, not for a flood. */
export const maxMessageBytes = 4 * 1024 * 1024

/** Lists and records within one another that a message may have; the contract needs a handful. */
const maxDepth = 32

/** Characters of what does not fit that an answer, and the log, repeat. */
const longestQuote = 300

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
 * the contract and whatever the handler throws become a failure. What a page sends is weighed by its shell before.
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
    const handler = (handlers as Record<CallName, (input: unknown) => unknown>)[name]
    const value = (await handler(checked(name, 'input', input))) ?? null
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
    `The ${side} of ${name} does not fit${where === null ? '' : ` at ${shortened(where)}`}: ${shortened(issue.message)}.`,
  )
}

/** The message of a schema repeats what was received, however long that is. */
function shortened(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text
}

function quoted(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : `of type ${typeof name}`
}

/**
 * Why plain data is no message: the end of a sentence, such as "is larger than 4194304 bytes."; `null` for a message.
 * A shell asks before it hands anything to another process, which would fail to take it for reasons it cannot tell.
 * The weight is an estimate from below, and nothing is looked at beyond a bound: weighing a flood costs no more than
 * weighing the largest message. A cycle is a nest without end.
 */
export function faultOfMessage(value: unknown): string | null {
  let left = maxMessageBytes
  const weigh = (part: unknown, depth: number): 'large' | 'deep' | null => {
    if (depth > maxDepth) return 'deep'
    if (typeof part === 'string') left -= part.length
    else if (ArrayBuffer.isView(part)) left -= part.byteLength
    else if (part instanceof ArrayBuffer) left -= part.byteLength
    else left -= 1
    if (left < 0) return 'large'
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return null
    const inside =
      Array.isArray(part) || part instanceof Set || part instanceof Map ? part : Object.entries(part).flat()
    for (const each of inside) {
      const fault = weigh(each, depth + 1)
      if (fault !== null) return fault
    }
    return null
  }
  const fault = weigh(value, 0)
  if (fault === null) return null
  return fault === 'large'
    ? `is larger than ${maxMessageBytes} bytes.`
    : `is nested too deeply, more than ${maxDepth} levels.`
}
