/** Files that hold the BVLC GoogLeNet weights, "released for unrestricted use". */
export interface KnownWeights {
  readonly fileName: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/** The file of the ONNX model zoo. */
export const zooWeights: KnownWeights = {
  fileName: 'googlenet-12.onnx',
  bytes: 28_021_836,
  sha256: 'c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e',
}

/** The same weights converted from BVLC's own file. */
const bvlcWeights: KnownWeights = {
  fileName: 'googlenet-bvlc.onnx',
  bytes: 28_014_374,
  sha256: '3814527a097ae1afa3a2858a7a3be8528d96b765b9c531c6c3faa42631081d86',
}

/** In the order in which a folder is searched. */
export const knownWeights: readonly KnownWeights[] = [zooWeights, bvlcWeights]

/** The zoo's home since it moved from GitHub. */
export const zooAddress = 'https://huggingface.co/onnxmodelzoo/googlenet-12/resolve/main/googlenet-12.onnx'
