import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findingsOf } from './findings.ts'
import { pack } from './pack.ts'
import { runOutOfFolder, type FolderRun } from './run-folder.ts'
import { packTargets, type PackTarget } from './targets.ts'

/**
 * `npm run pack:check [-- TARGET…]`: packs the built app for every system and says what is wrong with it. The
 * package of this very system, when that is Linux, is run as well.
 */
const asked = process.argv.slice(2)
const targets = packTargets.filter(({ name }) => asked.length === 0 || asked.includes(name))
if (targets.length === 0) {
  console.error(
    `No such target: ${asked.join(', ')}. Known: ${packTargets.map(({ name }) => name).join(', ')}`,
  )
  process.exit(64)
}

let failed = 0
for (const target of targets) {
  const work = mkdtempSync(join(tmpdir(), 'kartoteka-pack-'))
  try {
    const packed = await pack(target, work)
    const run: FolderRun = runsHere(target) ? await runOutOfFolder(packed) : { lines: [], findings: [] }
    const findings = [...(await findingsOf(target, packed)), ...run.findings]
    const size = `${(packed.bytes / 1e6).toFixed(1)} of ${target.budget} MB`
    console.log(`${findings.length === 0 ? 'ok    ' : 'FAILED'} ${target.name.padEnd(14)} ${size}`)
    console.log(`         ${packed.installer.names.join('  ')}`)
    for (const line of run.lines) console.log(`         ${line}`)
    for (const finding of findings) console.log(`       ! ${finding}`)
    if (findings.length > 0) failed += 1
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
process.exitCode = failed === 0 ? 0 : 1

function runsHere({ platform, arch }: PackTarget): boolean {
  return platform === 'linux' && process.platform === 'linux' && arch === process.arch
}
