import type { NetworkId } from '../contract/networks.ts'

/** What a network says of one photo. */

/** One of the five best classes, best first. */
export interface Tag {
  /** 1–5 */
  readonly rank: number
  /** 0–999, index into the model's classes. */
  readonly classIndex: number
  readonly probability: number
}

/** Raw output of one run. */
export interface ModelOutput {
  /** 1000 probabilities by class index; sum 1. */
  readonly probabilities: Float32Array
  /** 1024 values before the classifier, that say what the photo looks like; none of a network without features. */
  readonly features: Float32Array
  /** 7×7×1024, channel-last (`[row][column][channel]`): the block before the global average pooling. */
  readonly block: Float32Array
}

export interface ModelIdentity {
  readonly name: string
  readonly precision: 'fp32' | 'int8'
  /** SHA-256 of the model file, hex; for a network that is none of the app's own also of how it takes photos. */
  readonly sha256: string
  /** Results of one network stand for each other, whatever the precision. Default: the app's own. */
  readonly network?: NetworkId
}

export type WantedOutput = 'probabilities' | 'features' | 'everything'

/** One session on one thread. One run at a time; never used after `release`. */
export interface Classifier {
  readonly identity: ModelIdentity
  readonly provider: string
  /**
   * @param rgb `Uint8Array, 224×224×3, RGB, row-major`; not kept after the call returns.
   * @param wanted `'probabilities'` leaves `features` and `block` empty, `'features'` leaves `block` empty. The block takes a
   * millisecond more, the features nothing.
   */
  classify(rgb: Uint8Array, wanted: WantedOutput): Promise<ModelOutput>
  /** Waits for the run in flight, then frees the session. */
  release(): Promise<void>
}
