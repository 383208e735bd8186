import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findingsOf } from './findings.ts'
import { pack } from './pack.ts'
import { packTargets } from './targets.ts'

/** `npm run pack:check [-- TARGET…]`: packs the built app for every system and says what is wrong with it. */
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
    const findings = await findingsOf(target, packed)
    const size = `${(packed.bytes / 1e6).toFixed(1)} of ${target.budget} MB`
    console.log(`${findings.length === 0 ? 'ok    ' : 'FAILED'} ${target.name.padEnd(14)} ${size}`)
    for (const finding of findings) console.log(`         ${finding}`)
    if (findings.length > 0) failed += 1
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
process.exitCode = failed === 0 ? 0 : 1
