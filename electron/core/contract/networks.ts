import * as v from 'valibot'
import { count } from './values.ts'

/** Networks that can look at photos in GoogLeNet's place. */

const triple = <Value extends v.GenericSchema<number, number>>(value: Value) => v.tuple([value, value, value])
/** A deviation of zero or of nothing makes every photo the same. */
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))

/** How a network wants photos of 224×224: a value is (byte − mean) ÷ deviation of its channel. */
export const networkInput = v.object({
  /** Planes of rows of columns (`nchw`), or rows of columns of channels (`nhwc`). */
  layout: v.picklist(['nchw', 'nhwc']),
  order: v.picklist(['rgb', 'bgr']),
  /** Of red, green and blue, whatever the order; 0–255. */
  mean: triple(v.pipe(v.number(), v.finite())),
  /** Of red, green and blue, whatever the order; 0–255. */
  deviation: triple(positive),
})
export type NetworkInput = v.InferOutput<typeof networkInput>

/** How a network that is none of the app's own takes photos and gives answers: 1000 numbers, in the classes' order. */
export const networkInterface = v.object({
  input: networkInput,
  output: v.picklist(['probabilities', 'logits']),
})
export type NetworkInterface = v.InferOutput<typeof networkInterface>

/** `googlenet` for the app's own. */
export const networkId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,80}$/))
export type NetworkId = v.InferOutput<typeof networkId>
export const ownNetwork = 'googlenet' as const satisfies NetworkId

/** What came of trying a network before it may tag. */
export const networkTrial = v.object({
  /** `unusable`: it cannot be opened or run; `wrong`: what it gives are no answers; `crashed`: it took the trial down. */
  outcome: v.picklist(['works', 'unusable', 'wrong', 'crashed']),
  /** A sentence for people. */
  reason: v.string(),
  /** For a photo, the fastest of some; `null` when it did not come to that. */
  milliseconds: v.nullable(v.number()),
  /** Drawn pictures of which the right class is among its five best. */
  recognised: count,
  /** Pictures that it was shown. */
  shown: count,
})
export type NetworkTrial = v.InferOutput<typeof networkTrial>

export const network = v.object({
  id: networkId,
  name: v.string(),
  /** `app`: comes with the app; `zoo`: can be fetched; `person`: a file that the person chose. */
  origin: v.picklist(['app', 'zoo', 'person']),
  /** It looks at photos now. */
  used: v.boolean(),
  /** Its file is on this computer. */
  here: v.boolean(),
  /** Of its file. */
  bytes: count,
  /** `null`: takes bytes as they are, as the app's own do. */
  interface: v.nullable(networkInterface),
  /** SPDX identifier, or `unrestricted` for what its makers released for any use. */
  licence: v.nullable(v.string()),
  /** Percent of ImageNet's validation photos; `null` where it is not published. */
  published: v.object({ first: v.nullable(v.number()), five: v.nullable(v.number()) }),
  /** `null`: not tried on this computer. */
  trial: v.nullable(networkTrial),
  /** Without features there are no similar photos, no taught words and no maps of where a label was seen. */
  hasFeatures: v.boolean(),
  /** Whether its classes are known to be in the order of ImageNet's. */
  order: v.picklist(['documented', 'recognised', 'unknown']),
  /** From where on a label counts as seen: measured, derived by the share of photos that GoogLeNet's find, or GoogLeNet's. */
  cutOffs: v.picklist(['measured', 'derived', 'taken-over']),
  /** Results that make changing to it cost nothing; bytes about. */
  kept: v.object({ photos: count, bytes: count }),
})
export type Network = v.InferOutput<typeof network>

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(32_768), v.excludes('\0'))
const which = v.object({ id: networkId })

export const networkCalls = {
  /** The app's own first, then the person's, then those of the zoo. */
  getNetworks: { input: v.null(), output: v.array(network) },
  /**
   * Takes in an ONNX file of the 1000 classes. One of the zoo is known by its content; of any other it must be said how
   * it takes photos.
   */
  addNetwork: {
    input: v.object({ path, interface: v.nullable(networkInterface) }),
    output: which,
  },
  /** Fetches it if it is not here, and shows it some pictures in a process of its own. The event `networks` tells how far it is. */
  tryNetwork: { input: which, output: networkTrial },
  /** The same, and from then on it looks at photos: all of them once more, in the background. */
  useNetwork: { input: which, output: v.null() },
  /** Forgets what it found and its file; the app's own and the one that is used stay. */
  freeNetwork: { input: which, output: v.null() },
} as const

export const networkFetching = v.object({
  /** In bytes; `null`: none is being fetched. */
  fetching: v.nullable(v.object({ id: networkId, received: count, total: count })),
})
export type NetworkFetching = v.InferOutput<typeof networkFetching>
