import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { cpuOfChildren, machineName, median } from '../../electron/bench/measure.ts'
import { inScratch } from '../../electron/bench/scratch.ts'
import { makePhotos } from '../../electron/bench/synthetic-photos.ts'
import { distinctPhotos } from './distinct-photos.ts'
import { phonePhotos } from './phone-photos.ts'

/**
 * `node tests/bench/indexing-against.ts CHECKOUT [--pairs 5] [--heic 30] [--small 600] [--large 60]`: indexes folders
 * with `kartoteka index`, each time into a new library, with another checkout and with this one in turn, and prints
 * medians. Both must have their packages and their model. A number is that of the photos; 0 leaves a kind out.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '5' },
    heic: { type: 'string', default: '30' },
    small: { type: 'string', default: '600' },
    large: { type: 'string', default: '60' },
  },
})
const [other] = positionals
if (other === undefined) throw new Error('Which checkout is this one to be compared with?')
const checkouts = { before: resolve(other), now: resolve(import.meta.dirname, '../..') } as const
type Which = keyof typeof checkouts
const pairs = Number(values.pairs)

interface Run {
  readonly seconds: number
  /** Of all its processes. */
  readonly cpuSeconds: number
}

console.log(machineName())
await inScratch(async (scratch) => {
  const drawn = async (name: string, width: number, height: number): Promise<string[]> => {
    const [folder, different] = [join(scratch, `${name} drawn`), 12]
    await makePhotos(folder, different, { width, height })
    return Array.from({ length: different }, (_, number) => join(folder, `photo-${number}.jpg`))
  }
  const kinds = [
    { name: 'HEIC of three phones', count: Number(values.heic), sources: () => phonePhotos },
    { name: 'JPEG of 0.5 MP', count: Number(values.small), sources: () => drawn('small', 816, 612) },
    { name: 'JPEG of 12 MP', count: Number(values.large), sources: () => drawn('large', 4000, 3000) },
  ]
  for (const { name, count, sources } of kinds) {
    if (count === 0) continue
    const folder = join(scratch, name)
    distinctPhotos(folder, await sources(), count)
    await compare(name, folder, count, scratch)
  }
})

async function compare(name: string, folder: string, count: number, scratch: string): Promise<void> {
  const runs: Record<Which, Run[]> = { before: [], now: [] }
  // The first round fills what is kept between starts.
  for (let round = 0; round <= pairs; round++) {
    const turns: Which[] = round % 2 === 0 ? ['before', 'now'] : ['now', 'before']
    for (const which of turns) {
      const library = join(scratch, `${name}, ${which}, ${round}`)
      const run = await index(which, folder, library, count, join(scratch, `settings ${which}`))
      if (round > 0) runs[which].push(run)
    }
    const [before, now] = [runs.before.at(-1), runs.now.at(-1)]
    if (before && now) {
      console.error(`${name}, pair ${round}: before ${rate(before, count)}/s, now ${rate(now, count)}/s`)
    }
  }
  const ratios = (of: keyof Run): number =>
    median(runs.before.map((before, pair) => before[of] / (runs.now[pair]?.[of] ?? Number.NaN)))
  const middle = (which: Which): string =>
    `${(count / median(runs[which].map(({ seconds }) => seconds))).toFixed(2)} photos/s, ` +
    `${((1000 * median(runs[which].map(({ cpuSeconds }) => cpuSeconds))) / count).toFixed(1)} ms of processor time a photo`
  console.log(
    `${name}, ${count} photos, ${pairs} pairs\n  before: ${middle('before')}\n  now: ${middle('now')}\n` +
      `  ratio: ${ratios('seconds').toFixed(3)} on the clock, ${ratios('cpuSeconds').toFixed(3)} by processor time`,
  )
}

async function index(
  which: Which,
  folder: string,
  library: string,
  count: number,
  settings: string,
): Promise<Run> {
  const checkout = checkouts[which]
  const cpuBefore = cpuOfChildren() ?? Number.NaN
  const start = performance.now()
  const { stdout } = await promisify(execFile)(
    join(checkout, 'node_modules/.bin/node'),
    [entryOf(checkout), 'index', folder, '--library', library, '--json'],
    { env: { ...process.env, XDG_CONFIG_HOME: settings } },
  )
  const seconds = (performance.now() - start) / 1000
  const { indexed } = JSON.parse(stdout) as { indexed: number }
  if (indexed !== count) throw new Error(`${checkout} indexed ${indexed} of ${count} photos.`)
  return { seconds, cpuSeconds: ((cpuOfChildren() ?? Number.NaN) - cpuBefore) / 1000 }
}

function rate({ seconds }: Run, count: number): string {
  return (count / seconds).toFixed(2)
}

/** The file that `npm run kartoteka` starts there. */
function entryOf(checkout: string): string {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts: { kartoteka: string }
  }
  return join(checkout, scripts.kartoteka.replace(/^node /, ''))
}
