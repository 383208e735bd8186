/** What we release, and the native files of each package. Sizes are of the unpacked app without Electron itself. */
export interface PackTarget {
  readonly name: string
  readonly platform: 'linux' | 'win32' | 'darwin'
  readonly arch: 'x64' | 'arm64'
  /** MB (10⁶ bytes) that code, native modules and models may take together. */
  readonly budget: number
}

/** A tenth above what they were when the budgets were set. */
export const packTargets: readonly PackTarget[] = [
  { name: 'linux-x64', platform: 'linux', arch: 'x64', budget: 133 },
  { name: 'linux-arm64', platform: 'linux', arch: 'arm64', budget: 112 },
  { name: 'win32-x64', platform: 'win32', arch: 'x64', budget: 163 },
  { name: 'win32-arm64', platform: 'win32', arch: 'arm64', budget: 166 },
  { name: 'darwin-arm64', platform: 'darwin', arch: 'arm64', budget: 138 },
]

const modules = 'app\\.asar\\.unpacked/node_modules'

/** Exactly the native files of a package, all outside the archive, as patterns below the resources folder. */
export function expectedNatives({ platform, arch }: PackTarget): readonly RegExp[] {
  const runtime = `onnxruntime-node/bin/napi-v6/${platform}/${arch}`
  const turbo = `@julusian/jpeg-turbo/prebuilds/jpeg-turbo-${platform}-${arch}`
  const common = [
    `${runtime}/onnxruntime_binding\\.node`,
    `better-sqlite3/prebuilds/${platform}-${arch}\\.node`,
    `${turbo}/node-napi-v\\d+\\.node`,
    'wasm-vips/lib/vips\\.wasm',
    'wasm-vips/lib/vips-jxl\\.wasm',
  ]
  const own = {
    linux: [
      `${runtime}/libonnxruntime\\.so\\.1`,
      `${turbo}/libturbojpeg\\.so\\.0`,
      '@img/sharp-wasm32/lib/sharp-wasm32-[\\d.]+\\.node\\.wasm',
      `@parcel/watcher-linux-${arch}-glibc/watcher\\.node`,
    ],
    win32: [
      `${runtime}/onnxruntime\\.dll`,
      `${runtime}/DirectML\\.dll`,
      // Compilers of graphics programs, for WebGPU.
      `${runtime}/dxcompiler\\.dll`,
      `${runtime}/dxil\\.dll`,
      `@img/sharp-win32-${arch}/lib/sharp-win32-${arch}-[\\d.]+\\.node`,
      `@img/sharp-win32-${arch}/lib/libvips-\\d+\\.dll`,
      `@img/sharp-win32-${arch}/lib/libvips-cpp-[\\d.]+\\.dll`,
      `@parcel/watcher-win32-${arch}/watcher\\.node`,
    ],
    darwin: [
      `${runtime}/libonnxruntime\\.1\\.dylib`,
      `@img/sharp-darwin-${arch}/lib/sharp-darwin-${arch}-[\\d.]+\\.node`,
      `@img/sharp-libvips-darwin-${arch}/lib/libvips-cpp\\.[\\d.]+\\.dylib`,
      `@parcel/watcher-darwin-${arch}/watcher\\.node`,
    ],
  }
  return [...common, ...own[platform]].map((path) => new RegExp(`^${modules}/${path}$`))
}

/** Whatever runs natively, and WebAssembly. */
export const nativeFile = /\.(node|dll|dylib|so|so\.[\d.]+|exe|wasm)$/

/** Paths inside the package that would mean sources, tests or tools were shipped. */
export const forbidden: readonly RegExp[] = [
  /\.(ts|mts|cts|map|vue|c|cc|cpp|h|gyp|gypi|lib|exp|pdb)$/,
  /(^|\/)(tests?|__tests__|\.github|\.ci)\//,
  /(^|\/)(\.env|\.npmrc|\.git|\.built-from)(\/|$)/,
  /googlenet-published|\.part$/,
]
