import { existsSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Packed } from './pack.ts'
import { expectedNatives, forbidden, nativeFile, type PackTarget } from './targets.ts'

/** A fuse is one ASCII digit in the binary. */
const shut = '0'.charCodeAt(0)
const on = '1'.charCodeAt(0)
const expectedFuses: readonly [FuseV1Options, number][] = [
  [FuseV1Options.RunAsNode, shut],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, shut],
  [FuseV1Options.EnableNodeCliInspectArguments, shut],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, on],
  [FuseV1Options.OnlyLoadAppFromAsar, on],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, shut],
]

/** Everything wrong with a packed app, each as a sentence; empty when it may be released. */
export async function findingsOf(target: PackTarget, packed: Packed): Promise<readonly string[]> {
  return [
    ...nativeFindings(target, packed),
    ...contentFindings(packed),
    ...modelFindings(packed),
    ...(await fuseFindings(packed)),
    ...sizeFindings(target, packed),
  ]
}

function nativeFindings(target: PackTarget, { files }: Packed): string[] {
  const expected = expectedNatives(target)
  const missing = expected
    .filter((pattern) => !files.some((file) => pattern.test(file)))
    .map((pattern) => `missing native file ${pattern.source}`)
  const foreign = files
    .filter((file) => nativeFile.test(file) && !belongsTo(target, file))
    .map((file) => `native file of another system: ${file}`)
  const packedInside = listPackageOf(files)
  return [...missing, ...foreign, ...packedInside]
}

/** A native file names its system in its path; the few that do not are listed. */
function belongsTo({ platform, arch }: PackTarget, file: string): boolean {
  if (file.includes('/libheif-js/')) return true
  if (file.includes('/@img/sharp-wasm32/')) return platform === 'linux'
  const systems = ['linux', 'win32', 'darwin'].filter((name) => file.includes(name))
  const chips = ['x64', 'arm64', 'ia32', 'arm/'].filter((name) => file.includes(name))
  return (
    !file.includes('musl') &&
    systems.every((name) => name === platform) &&
    chips.every((name) => name === arch) &&
    systems.length > 0 &&
    !(platform === 'linux' && file.includes('@img/sharp-linux'))
  )
}

function listPackageOf(files: readonly string[]): string[] {
  return files.includes('app.asar') ? [] : ['app.asar is missing']
}

function contentFindings({ resources, files }: Packed): string[] {
  const inside = existsSync(join(resources, 'app.asar'))
    ? listPackage(join(resources, 'app.asar'), { isPack: false }).map((file) => file.replaceAll('\\', '/'))
    : []
  const everything = [...new Set([...files, ...inside])]
  const wrong = everything
    .filter((file) => forbidden.some((pattern) => pattern.test(file)))
    .map((file) => `should not be shipped: ${file}`)
  const needed = [
    '/dist/electron/main.js',
    '/dist/electron/service.js',
    '/dist/electron/worker.js',
    '/dist/electron/cli.js',
    '/dist/electron/preload.cjs',
    '/dist/renderer/index.html',
    '/package.json',
  ]
    .filter((file) => !inside.includes(file))
    .map((file) => `missing in app.asar: ${file}`)
  const beside = [
    'migrations/0001_library.sql',
    'licences/LICENSE',
    'licences/NOTICE',
    'licences/THIRD-PARTY.txt',
  ]
    .filter((file) => !files.includes(file))
    .map((file) => `missing resource: ${file}`)
  const labels = files.some((file) => file.startsWith('labels/')) ? [] : ['missing resource: labels']
  return [...wrong, ...needed, ...beside, ...labels]
}

/** The models must be the very files that `npm run model` made. */
function modelFindings({ resources }: Packed): string[] {
  const made = join(import.meta.dirname, '../../native-models/cache')
  return ['googlenet-fp32.onnx', 'googlenet-int8.onnx', 'googlenet-classifier.bin', 'models.json'].flatMap(
    (name) => {
      const file = join(resources, 'models', name)
      if (!existsSync(file)) return [`missing model ${name}`]
      return sha256(file) === sha256(join(made, name)) ? [] : [`model ${name} is not the one that was made`]
    },
  )
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

async function fuseFindings({ executable }: Packed): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable)
  return expectedFuses
    .filter(([fuse, state]) => Number(wire[fuse]) !== state)
    .map(([fuse, state]) => `fuse ${FuseV1Options[fuse]} is not ${state === on ? 'on' : 'off'}`)
}

function sizeFindings({ budget }: PackTarget, { bytes }: Packed): string[] {
  const megabytes = bytes / 1e6
  return megabytes <= budget ? [] : [`${megabytes.toFixed(1)} MB, over the budget of ${budget} MB`]
}
