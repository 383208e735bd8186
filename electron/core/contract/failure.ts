/**
 * Errors as values: what crosses a process border instead of a thrown error.
 * `code` is stable (translations and scripts rely on it), `message` is a full English sentence
 * that names the file or value and says what to do.
 */
export const failureCodes = [
  'invalid-input',
  'not-found',
  'library-locked',
  'library-newer',
  'library-outdated',
  'library-damaged',
  'library-unusable',
  'model-missing',
  'model-invalid',
  'folder-missing',
  'folder-known',
  'folder-unusual',
  'folder-moved',
  'folder-differs',
  'folder-untrusted',
  'folder-in-library',
  'folder-unwritable',
  'copies-running',
  'offline',
  'disk-full',
  'unsupported',
  'nothing-to-undo',
  'service-down',
  'internal',
] as const

export type FailureCode = (typeof failureCodes)[number]

export interface Failure {
  readonly code: FailureCode
  readonly message: string
}

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure }

/** A failure on its way up inside one process; turned into a `Failure` at the border. */
export class KartotekaError extends Error implements Failure {
  override readonly name = 'KartotekaError'
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** @throws KartotekaError the failure */
export function valueOf<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw errorOf(result.error)
}

export const errorOf = ({ code, message }: Failure): KartotekaError => new KartotekaError(code, message)

/** Any thrown value as a `Failure`; whatever was not foreseen becomes `internal`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof KartotekaError) return { code: thrown.code, message: thrown.message }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}
