import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** `checksums.ts FOLDER NAME`: writes `NAME.sha256` beside the release files, in the format `sha256sum -c` reads. */
const [folder, name] = process.argv.slice(2)
if (folder === undefined || name === undefined) {
  console.error('usage: checksums.ts FOLDER NAME')
  process.exit(64)
}
const released = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(AppImage|deb|rpm|exe|dmg|zip|json)$/.test(entry.name))
  .map((entry) => entry.name)
  .sort()
const lines: string[] = []
for (const file of released) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(folder, file)), hash)
  lines.push(`${hash.digest('hex')}  ${file}\n`)
}
writeFileSync(join(folder, `${name}.sha256`), lines.join(''))
