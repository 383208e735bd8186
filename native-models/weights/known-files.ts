/** A file that holds the network's weights. */
export interface KnownWeights {
  readonly fileName: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** Addresses it can be fetched from, the likeliest first. */
  readonly homes: readonly string[]
}

/** Within the ONNX model zoo. */
const zooPath = 'validated/vision/classification/inception_and_googlenet/googlenet/model/googlenet-12.onnx'

/** The BVLC GoogLeNet weights, "released for unrestricted use", as the ONNX model zoo has them. */
const zooWeights: KnownWeights = {
  fileName: 'googlenet-12.onnx',
  bytes: 28_021_836,
  sha256: 'c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e',
  // The zoo moved from GitHub, which may offer no more than a pointer to the file, to Hugging Face.
  homes: [
    'https://huggingface.co/onnxmodelzoo/googlenet-12/resolve/main/googlenet-12.onnx',
    `https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/${zooPath}`,
    `https://github.com/onnx/models/raw/main/${zooPath}`,
  ],
}

/** The same weights converted from BVLC's own file. */
const bvlcWeights: KnownWeights = {
  fileName: 'googlenet-bvlc.onnx',
  bytes: 28_014_374,
  sha256: '3814527a097ae1afa3a2858a7a3be8528d96b765b9c531c6c3faa42631081d86',
  homes: [],
}

/** In the order in which a folder is searched. */
export const knownWeights: readonly KnownWeights[] = [zooWeights, bvlcWeights]
