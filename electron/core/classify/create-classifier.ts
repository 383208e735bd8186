import { KartotekaError } from '../contract/failure.ts'
import type { Classifier, ModelOutput, WantedOutput } from './classification.ts'
import type { ModelFile } from './model-files.ts'
import {
  type NativeSession,
  openNativeSession,
  type OpenSession,
  type OutputName,
  type Port,
} from './native-session.ts'
import { openNetworkSession } from './network-session.ts'
import type { ProviderName } from './providers.ts'

/** What to run and how; plain data that can be sent to a worker. `chooseModel` finds the best one here. */
export interface ModelChoice {
  readonly model: ModelFile
  readonly provider: ProviderName
}

/**
 * A GPU provider could not be opened or stopped working. No photo can cause that (all inputs have one shape), and
 * the device does not come back within this process: give the photo back to the queue, call `rememberLostDevice`
 * and start a new process.
 */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError'
}

/** Bytes of one photo, 224×224 RGB. */
const photoBytes = 224 * 224 * 3

const expectedInput: Port = { name: 'rgb', type: 'uint8', shape: [1, 224, 224, 3] }
const expectedOutputs: readonly Port[] = [
  { name: 'prob', type: 'float32', shape: [1, 1000] },
  { name: 'features', type: 'float32', shape: [1, 1024] },
  { name: 'block', type: 'float32', shape: [1, 7, 7, 1024] },
]
const outputsOf: Readonly<Record<WantedOutput, readonly OutputName[]>> = {
  probabilities: ['prob'],
  features: ['prob', 'features'],
  everything: ['prob', 'features', 'block'],
}
const nothing = new Float32Array(0)

/**
 * Opens a session for the calling thread; opening (about 0.1 s) and every run block it.
 * @throws KartotekaError `model-invalid` when the file is not one of ours, DeviceLostError when a GPU provider
 * does not take it.
 */
export async function createClassifier(
  { model, provider }: ModelChoice,
  openSession: OpenSession = sessionsOf(model),
): Promise<Classifier> {
  const session = await openSession(model.path, provider).catch((error: unknown) => {
    throw provider === 'cpu'
      ? new KartotekaError('model-invalid', `${model.path} cannot be loaded: ${messageOf(error)}`)
      : new DeviceLostError(`${provider} cannot be opened: ${messageOf(error)}`)
  })
  const outputs = model.interface === undefined ? expectedOutputs : expectedOutputs.slice(0, 1)
  const mismatch = interfaceMismatch(session, outputs)
  if (mismatch !== null) {
    await session.release()
    throw new KartotekaError('model-invalid', `${model.path} is not Kartoteka's model: ${mismatch}.`)
  }

  let lastRun: Promise<unknown> = Promise.resolve()

  async function run(rgb: Uint8Array, wanted: WantedOutput): Promise<ModelOutput> {
    const results = await session.run(rgb, outputsOf[wanted]).catch((error: unknown) => {
      throw provider === 'cpu' ? error : new DeviceLostError(`${provider} failed: ${messageOf(error)}`)
    })
    const probabilities = results.prob ?? nothing
    if (provider !== 'cpu' && probabilities.some(Number.isNaN)) {
      throw new DeviceLostError(`${provider} gave something that is not a number`)
    }
    return { probabilities, features: results.features ?? nothing, block: results.block ?? nothing }
  }

  return {
    identity: model.identity,
    provider,
    classify(rgb, wanted) {
      if (rgb.length !== photoBytes) {
        return Promise.reject(new RangeError(`${rgb.length} bytes instead of ${photoBytes} for a photo`))
      }
      const result = lastRun.then(() => run(rgb, wanted))
      lastRun = result.catch(() => null)
      return result
    },
    async release() {
      await lastRun
      await session.release()
    },
  }
}

function sessionsOf(model: ModelFile): OpenSession {
  return model.interface === undefined ? openNativeSession : openNetworkSession(model.interface)
}

/** What of a model's inputs and outputs is not as the app expects, as part of a sentence; `null` when all is. */
function interfaceMismatch({ inputs, outputs }: NativeSession, expected: readonly Port[]): string | null {
  const [onlyInput, ...others] = inputs
  if (!onlyInput || others.length > 0 || !samePort(onlyInput, expectedInput)) {
    return `it takes ${inputs.map(describe).join(', ')} instead of ${describe(expectedInput)}`
  }
  const missing = expected.find((wanted) => !outputs.some((output) => samePort(output, wanted)))
  return missing ? `it does not give ${describe(missing)}` : null
}

/** A free first dimension counts as the one photo that a run gets. */
function samePort(found: Port, expected: Port): boolean {
  return (
    found.name === expected.name &&
    found.type === expected.type &&
    found.shape.length === expected.shape.length &&
    found.shape.every(
      (size, axis) => size === expected.shape[axis] || (axis === 0 && typeof size === 'string'),
    )
  )
}

function describe({ name, type, shape }: Port): string {
  return `${name}: ${type}[${shape.join(', ')}]`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
