import * as v from 'valibot'
import { events } from './contract.ts'
import { failure } from './states.ts'

/**
 * Subprotocol of the WebSocket. A page offers it and, after it, its key: the only header a page can set on one.
 */
export const wireProtocol = 'kartoteka'

/** Where a page that has no key goes: the server says there what to do. */
export const keylessPath = 'again'

/** What crosses the WebSocket of the browser shell, as JSON text: requests one way, answers and events the other. */
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const request = v.strictObject({
  id: sequence,
  call: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  input: v.unknown(),
})
export type WireRequest = v.InferOutput<typeof request>

const result = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  v.object({ ok: v.literal(false), error: failure }),
])

const fromServer = v.union([
  v.object({ id: sequence, result }),
  v.object({ event: v.picklist(Object.keys(events) as (keyof typeof events)[]), payload: v.unknown() }),
])
/** `{ id, result }` answers the request with that id; `{ event, payload }` comes unasked. */
export type WireMessage = v.InferOutput<typeof fromServer>

/** A request as the server reads it; `null` for anything malformed. */
export function readRequest(text: string): WireRequest | null {
  return read(request, text)
}

/** An answer or event as the page reads it; `null` for anything malformed. */
export function readMessage(text: string): WireMessage | null {
  return read(fromServer, text)
}

function read<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
