import type { Failure } from './failure.ts'

/** What the service and a thread that answers its calls say to each other. */

/** By name of the call, what goes in and what comes out; all of it crosses as a structured clone. */
export type ThreadHandlers<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends { input: infer Input; output: infer Output }
    ? (input: Input) => Output | Promise<Output>
    : never
}

export type ToThread =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'stop' }

export type FromThread =
  | {
      readonly kind: 'result'
      readonly id: number
      readonly result:
        { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Failure }
    }
  | { readonly kind: 'log'; readonly line: string }
