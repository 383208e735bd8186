import * as ort from 'onnxruntime-node'
import type { ProviderName } from './providers.ts'

/** Names of the model's outputs. */
export type OutputName = 'prob' | 'features' | 'block'

/** Name, element type and shape of an input or output; a free dimension is a string. */
export interface Port {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** What we need of ONNX Runtime, so that tests can stand in for hardware that is not there. */
export interface NativeSession {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** One photo; blocks the thread while it runs. @throws as the provider does. */
  run(rgb: Uint8Array, wanted: readonly OutputName[]): Promise<Partial<Record<OutputName, Float32Array>>>
  release(): Promise<void>
}

/** Opens a model file with one provider. @throws as ONNX Runtime does. */
export type OpenSession = (path: string, provider: ProviderName) => Promise<NativeSession>

// What goes wrong is thrown as well; printed besides, a missing CUDA looks like a fault of the app.
ort.env.logLevel = 'fatal'

const photoShape = [1, 224, 224, 3]

/** The real ONNX Runtime; creating and running both block the calling thread. */
export const openNativeSession: OpenSession = async (path, provider) => {
  const session = await createSession(path, provider)
  return {
    ...portsOf(session),
    async run(rgb, wanted) {
      const results = await session.run({ rgb: new ort.Tensor('uint8', rgb, photoShape) }, [...wanted])
      return Object.fromEntries(wanted.map((name) => [name, floats(results[name]?.data)]))
    },
    release: () => session.release(),
  }
}

/** A session of ONNX Runtime as all of ours are run. @throws as ONNX Runtime does */
export async function createSession(path: string, provider: ProviderName): Promise<ort.InferenceSession> {
  // Given one it was not built with, the runtime says nothing and uses the CPU.
  if (!ort.listSupportedBackends().some(({ name }) => name === provider)) {
    throw new Error(`ONNX Runtime was built without ${provider} for this system`)
  }
  return await ort.InferenceSession.create(path, sessionOptions(provider))
}

/** What a session takes and gives. */
export function portsOf(session: ort.InferenceSession): Pick<NativeSession, 'inputs' | 'outputs'> {
  return { inputs: session.inputMetadata.map(port), outputs: session.outputMetadata.map(port) }
}

/** One thread a session: more fall behind as soon as anything else runs, and spin when idle. */
function sessionOptions(provider: ProviderName): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // DirectML allows no memory pattern, and GPU providers compile for fixed shapes only.
    enableMemPattern: provider !== 'dml',
    freeDimensionOverrides: { batch: 1 },
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
}

function port(metadata: ort.InferenceSession.ValueMetadata): Port {
  return metadata.isTensor
    ? { name: metadata.name, type: metadata.type, shape: metadata.shape }
    : { name: metadata.name, type: 'other', shape: [] }
}

/** @throws TypeError for anything else */
export function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data
  throw new TypeError('The model gave something else than 32-bit floats')
}
