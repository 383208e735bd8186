import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getRawHeader } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { contentFindings } from './contents.ts'
import { dependencyFindings } from './dependencies.ts'
import { nativeFindings } from './natives.ts'
import type { Packed } from './pack.ts'
import type { PackTarget } from './targets.ts'

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
    ...dependencyFindings(packed),
    ...(await contentFindings(packed)),
    ...(await sealFindings(target, packed)),
    ...packed.installer.findings,
    ...sizeFindings(target, packed),
  ]
}

/** What would let someone run other code than ours with the program. */
export async function sealFindings(
  target: PackTarget,
  packed: Pick<Packed, 'executable' | 'resources'>,
): Promise<string[]> {
  return [...(await fuseFindings(packed)), ...integrityFindings(target, packed)]
}

async function fuseFindings({ executable }: Pick<Packed, 'executable'>): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable)
  return expectedFuses
    .filter(([fuse, state]) => Number(wire[fuse]) !== state)
    .map(([fuse, state]) => `fuse ${FuseV1Options[fuse]} is not ${state === on ? 'on' : 'off'}`)
}

/** On macOS and Windows the program carries the hash of the archive's header, which holds those of all files. */
function integrityFindings(
  { platform }: PackTarget,
  { executable, resources }: Pick<Packed, 'executable' | 'resources'>,
): string[] {
  if (platform === 'linux') return []
  const { headerString } = getRawHeader(join(resources, 'app.asar'))
  const hash = createHash('sha256').update(headerString).digest('hex')
  const carrier = platform === 'darwin' ? join(executable, 'Contents/Info.plist') : executable
  return readFileSync(carrier).includes(hash) ? [] : ['the program does not carry the hash of app.asar']
}

function sizeFindings({ budget }: PackTarget, { bytes }: Packed): string[] {
  const megabytes = bytes / 1e6
  return megabytes <= budget ? [] : [`${megabytes.toFixed(1)} MB, over the budget of ${budget} MB`]
}
