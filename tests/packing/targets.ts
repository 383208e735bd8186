/** What we release, and what each package must and must not hold. Sizes are of the unpacked app without Electron itself. */
export interface PackTarget {
  readonly name: string
  readonly platform: 'linux' | 'win32' | 'darwin'
  readonly arch: 'x64' | 'arm64'
  /** MB (10⁶ bytes) that code, native modules and models may take together. */
  readonly budget: number
}

export const packTargets: readonly PackTarget[] = [
  { name: 'linux-x64', platform: 'linux', arch: 'x64', budget: 145 },
  { name: 'linux-arm64', platform: 'linux', arch: 'arm64', budget: 140 },
  { name: 'win32-x64', platform: 'win32', arch: 'x64', budget: 170 },
  { name: 'win32-arm64', platform: 'win32', arch: 'arm64', budget: 170 },
  { name: 'darwin-arm64', platform: 'darwin', arch: 'arm64', budget: 140 },
]

/** Native libraries that must be there, unpacked, as patterns below the resources folder. */
export function expectedNatives({ platform, arch }: PackTarget): readonly RegExp[] {
  const modules = 'app\\.asar\\.unpacked/node_modules'
  const runtime = `${modules}/onnxruntime-node/bin/napi-v6/${platform}/${arch}`
  const common = [
    new RegExp(`^${runtime}/onnxruntime_binding\\.node$`),
    new RegExp(`^${modules}/better-sqlite3/prebuilds/${platform}-${arch}\\.node$`),
  ]
  switch (platform) {
    case 'linux':
      return [
        ...common,
        new RegExp(`^${runtime}/libonnxruntime\\.so\\.1$`),
        new RegExp(`^${modules}/@img/sharp-wasm32/.*\\.wasm$`),
        new RegExp(`^${modules}/@parcel/watcher-linux-${arch}-glibc/watcher\\.node$`),
      ]
    case 'win32':
      return [
        ...common,
        new RegExp(`^${runtime}/onnxruntime\\.dll$`),
        new RegExp(`^${runtime}/DirectML\\.dll$`),
        new RegExp(`^${modules}/@img/sharp-win32-${arch}/.*\\.node$`),
        new RegExp(`^${modules}/@img/sharp-win32-${arch}/.*\\.dll$`),
        new RegExp(`^${modules}/@parcel/watcher-win32-${arch}/watcher\\.node$`),
      ]
    case 'darwin':
      return [
        ...common,
        new RegExp(`^${runtime}/libonnxruntime\\.1\\.dylib$`),
        new RegExp(`^${modules}/@img/sharp-darwin-${arch}/.*\\.node$`),
        new RegExp(`^${modules}/@img/sharp-libvips-darwin-${arch}/.*\\.dylib$`),
        new RegExp(`^${modules}/@parcel/watcher-darwin-${arch}/watcher\\.node$`),
      ]
  }
}

/** Whatever runs natively and belongs to another system; the expected ones are subtracted first. */
export const nativeFile = /\.(node|dll|dylib|so|so\.[\d.]+|exe|wasm)$/

/** Paths inside the package that would mean sources, tests or tools were shipped. */
export const forbidden: readonly RegExp[] = [
  /\.(ts|mts|cts|map|vue)$/,
  /(^|\/)(tests?|__tests__|\.github|\.ci)\//,
  /node_modules\/(electron|electron-builder|vite|vitest|vue|typescript|playwright|@playwright|onnx-proto|oxlint|knip|prettier|dependency-cruiser|fast-check)\//,
  /(^|\/)(\.env|\.npmrc|\.git)(\/|$)/,
  /googlenet-published|\.part$/,
]
