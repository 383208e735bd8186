import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

/**
 * `installed.ts COMMAND…`: what every release must do once it is installed: index one folder, find the photo,
 * quit. COMMAND is the installed program with its leading arguments. Makes its own photo, so that it runs anywhere.
 */
const command = process.argv.slice(2)
const [program, ...leading] = command
if (program === undefined) {
  console.error('usage: installed.ts COMMAND [ARGUMENT…]')
  process.exit(64)
}

const work = mkdtempSync(join(tmpdir(), 'kartoteka-installed-'))
const photos = join(work, 'photos')
mkdirSync(photos)
await sharp({ create: { width: 640, height: 480, channels: 3, background: '#3a7bd5' } })
  .jpeg()
  .toFile(join(photos, 'sky.jpg'))

const kartoteka = (...args: string[]): unknown =>
  JSON.parse(
    execFileSync(program, [...leading, ...args, '--library', join(work, 'library'), '--json'], {
      encoding: 'utf8',
      timeout: 120_000,
    }),
  )

const indexed = kartoteka('index', photos) as { indexed: number; inferences: number }
const found = kartoteka('search', 'name:sky') as { total: number }
rmSync(work, { recursive: true, force: true })
if (indexed.indexed !== 1 || indexed.inferences !== 1 || found.total !== 1) {
  console.error(`The installed app did not do its job: ${JSON.stringify({ indexed, found })}`)
  process.exit(1)
}
console.log('The installed app indexed one photo, found it and quit.')
