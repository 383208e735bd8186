import type { NetworkInterface } from '../../electron/core/contract/networks.ts'

/**
 * Networks of the ONNX model zoo (github.com/onnx/models) that can look at photos in GoogLeNet's place. All give the 1000
 * classes in ImageNet's order. Sizes and hashes are from the zoo's manifest, accuracies from its read-me files, how photos
 * are prepared from where `source` says. Left out: Inception-2, whose preparation is written down nowhere, and GoogLeNet
 * itself, which the app's own is made from.
 */
export interface ZooNetwork {
  readonly id: string
  readonly name: string
  /** In the zoo. */
  readonly file: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  readonly precision: 'fp32' | 'int8'
  readonly interface: NetworkInterface
  /** SPDX identifier. */
  readonly licence: string
  /** Percent of ImageNet's validation photos, as published; `null` where it is not. */
  readonly first: number | null
  readonly five: number | null
  /** Of how photos are prepared. */
  readonly source: string
}

/** Of the mean and the deviation of ImageNet's photos, as PyTorch and MXNet take them; there of values from 0 to 1. */
const normalized = {
  layout: 'nchw',
  order: 'rgb',
  mean: [123.675, 116.28, 103.53],
  deviation: [58.395, 57.12, 57.375],
} as const satisfies NetworkInterface['input']

/** As Caffe's networks want photos. */
const caffe = {
  layout: 'nchw',
  order: 'bgr',
  mean: [123.68, 116.779, 103.939],
  deviation: [1, 1, 1],
} as const satisfies NetworkInterface['input']

const tensorflow = {
  layout: 'nhwc',
  order: 'rgb',
  mean: [127, 127, 127],
  deviation: [128, 128, 128],
} as const satisfies NetworkInterface['input']

const readMe = (name: string): string => `onnx/models, vision/classification/${name}/README.md, Preprocessing`
/** What the accuracies of the zoo were measured with; the read-me files of these lead there. */
const measuredWith = (name: string): string =>
  `intel/neural-compressor, examples/onnxrt/image_recognition/onnx_model_zoo/${name}/quantization/ptq_static/main.py`

const logitsOf = (input: NetworkInterface['input']): NetworkInterface => ({ input, output: 'logits' })
const probabilitiesOf = (input: NetworkInterface['input']): NetworkInterface => ({
  input,
  output: 'probabilities',
})

/** By how often they are right at first guess. */
export const zooNetworks: readonly ZooNetwork[] = [
  {
    id: 'efficientnet-lite4',
    name: 'EfficientNet-Lite4',
    file: 'efficientnet-lite4-11.onnx',
    bytes: 51_946_641,
    sha256: 'd111689907c06eea7c82e4833ddef758da6453b9d4cf60b7e99ca05c7cbd9c12',
    precision: 'fp32',
    interface: probabilitiesOf(tensorflow),
    licence: 'MIT',
    first: 80.4,
    five: null,
    source: readMe('efficientnet-lite4'),
  },
  {
    id: 'resnet152-v2',
    name: 'ResNet152-v2',
    file: 'resnet152-v2-7.onnx',
    bytes: 241_503_848,
    sha256: '40fb3f6dd313ba786a2c8077a0ef7d7b4afeda5d037365400d3a7fbc2b1bee64',
    precision: 'fp32',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 78.2,
    five: 94.21,
    source: readMe('resnet'),
  },
  {
    id: 'efficientnet-lite4-int8',
    name: 'EfficientNet-Lite4, int8',
    file: 'efficientnet-lite4-11-int8.onnx',
    bytes: 13_585_963,
    sha256: '2b3cbb5077262b20df565dacddecb3724c0976c35029a87e512d13aa4eff04a2',
    precision: 'int8',
    interface: probabilitiesOf(tensorflow),
    licence: 'MIT',
    first: 77.56,
    five: null,
    source: readMe('efficientnet-lite4'),
  },
  {
    id: 'resnet50-v1',
    name: 'ResNet50',
    file: 'resnet50-v1-12.onnx',
    bytes: 102_576_593,
    sha256: '3f03fdef724b22947eed826f1eef1dc5c34151bb4c37d634f1db89dfa2dd1526',
    precision: 'fp32',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 74.97,
    five: 92.33,
    source: readMe('resnet'),
  },
  {
    id: 'resnet50-v1-int8',
    name: 'ResNet50, int8',
    file: 'resnet50-v1-12-int8.onnx',
    bytes: 25_816_052,
    sha256: 'c234f30975989788b4405f25253275aae247ab6dbdd34aaa69ab0a59ff76f6d0',
    precision: 'int8',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 74.77,
    five: 92.32,
    source: readMe('resnet'),
  },
  {
    id: 'resnet18-v1',
    name: 'ResNet18',
    file: 'resnet18-v1-7.onnx',
    bytes: 46_820_737,
    sha256: '4e8f8653e7a2222b3904cc3fe8e304cd8b339ce1d05fd24688162f86fb6df52c',
    precision: 'fp32',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 69.93,
    five: 89.29,
    source: readMe('resnet'),
  },
  {
    id: 'mobilenet-v2',
    name: 'MobileNet v2',
    file: 'mobilenetv2-12.onnx',
    bytes: 13_964_571,
    sha256: 'c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5',
    precision: 'fp32',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 69.48,
    five: 89.26,
    source: readMe('mobilenet'),
  },
  {
    id: 'mobilenet-v2-int8',
    name: 'MobileNet v2, int8',
    file: 'mobilenetv2-12-int8.onnx',
    bytes: 3_655_033,
    sha256: 'cc028fe6cae7bc11a4ff53cfc9b79c920e8be65ce33a904ec3e2a8f66d77f95f',
    precision: 'int8',
    interface: logitsOf(normalized),
    licence: 'Apache-2.0',
    first: 68.3,
    five: 88.44,
    source: readMe('mobilenet'),
  },
  {
    id: 'inception-v1',
    name: 'Inception-1',
    file: 'inception-v1-12.onnx',
    bytes: 28_021_958,
    sha256: '814b31a6316873bd03d2d808415ce1f40a7bf48ad88eab5ecc3cdc8dc6cf38ec',
    precision: 'fp32',
    interface: probabilitiesOf(caffe),
    licence: 'MIT',
    first: 67.23,
    five: null,
    source: measuredWith('inception'),
  },
  {
    id: 'shufflenet-v2',
    name: 'ShuffleNet v2',
    file: 'shufflenet-v2-12.onnx',
    bytes: 9_218_556,
    sha256: 'ea69821b4dd374ae2f33f9710dd1229ac263d0ee5b5a46ca3521f6483e1ba035',
    precision: 'fp32',
    interface: logitsOf(normalized),
    licence: 'BSD-3-Clause',
    first: 66.35,
    five: 86.57,
    source: readMe('shufflenet'),
  },
  {
    id: 'squeezenet-1.0',
    name: 'SqueezeNet 1.0',
    file: 'squeezenet1.0-12.onnx',
    bytes: 4_952_956,
    sha256: 'dec81a8684617770b3cf13fadc1d92565d1d453d23935fc6388b792d99c992bd',
    precision: 'fp32',
    interface: probabilitiesOf(caffe),
    licence: 'Apache-2.0',
    first: 56.85,
    five: 79.87,
    source: measuredWith('squeezenet'),
  },
  {
    id: 'squeezenet-1.0-int8',
    name: 'SqueezeNet 1.0, int8',
    file: 'squeezenet1.0-12-int8.onnx',
    bytes: 1_293_388,
    sha256: '3da17dfad1b7ba23c93fac6dbf49f6db78cd42f7519e915a2e27d37c5c0a972b',
    precision: 'int8',
    interface: probabilitiesOf(caffe),
    licence: 'Apache-2.0',
    first: 56.48,
    five: 79.76,
    source: measuredWith('squeezenet'),
  },
  {
    id: 'alexnet',
    name: 'AlexNet',
    file: 'bvlcalexnet-12.onnx',
    bytes: 243_863_787,
    sha256: '6b0da9510f27f234ee96a85dc3809dd210150fdefad87f6850f9788513216945',
    precision: 'fp32',
    interface: probabilitiesOf(caffe),
    licence: 'BSD-3-Clause',
    first: 54.8,
    five: 78.23,
    source: measuredWith('alexnet'),
  },
  {
    id: 'alexnet-int8',
    name: 'AlexNet, int8',
    file: 'bvlcalexnet-12-int8.onnx',
    bytes: 60_984_008,
    sha256: 'd53bbedf100be79277cf55d78c72bdcb67d88786988561bf5d530f038e443c7b',
    precision: 'int8',
    interface: probabilitiesOf(caffe),
    licence: 'BSD-3-Clause',
    first: 54.68,
    five: 78.23,
    source: measuredWith('alexnet'),
  },
]

/** Where a file of the zoo can be fetched: its home since July 2025. */
export const homeOf = ({ file }: Pick<ZooNetwork, 'file'>): string =>
  `https://huggingface.co/onnxmodelzoo/${file.replace(/\.onnx$/, '')}/resolve/main/${file}`
