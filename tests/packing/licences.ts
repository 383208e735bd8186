import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Writes `dist/licences/THIRD-PARTY.txt`: the licence text of every package that reaches people, whether shipped as
 * it is or bundled into the window's code. Fails when one of them has a licence that is not on the list.
 */
const project = resolve(import.meta.dirname, '../..')
const allowed =
  /^\(?(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|WTFPL|Zlib|LGPL-3\.0(-or-later)?|MPL-2\.0|MIT OR .*|.*\bOR MIT\b.*|.* AND .*)\)?$/

interface Locked {
  readonly dev?: boolean
  readonly optional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>
}

/** Where Node finds `name` from a package that lies at `from` ("node_modules/a"), as in the lock file. */
function resolveLocked(name: string, from: string): string | null {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules') - 1))) {
    const place = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`
    if (lock.packages[place] !== undefined) return place
    if (base === '') return null
  }
}

function closure(places: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const open = [...places]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(place)) continue
    seen.add(place)
    for (const name of Object.keys(lock.packages[place]?.dependencies ?? {})) {
      const found = resolveLocked(name, place)
      if (found !== null) open.push(found)
    }
  }
  return seen
}

/** Packages that the window's code imports: they are development dependencies, since Vite bundles them. */
function bundled(): string[] {
  const sources = readdirSync(join(project, 'renderer'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|vue)$/.test(file),
  )
  const names = sources.flatMap((file) =>
    [
      ...readFileSync(join(project, 'renderer', file), 'utf8').matchAll(
        /from '((?:@[\w.-]+\/)?[\w.-]+)[^']*'/g,
      ),
    ].map((match) => match[1] ?? ''),
  )
  return [...new Set(names)].map((name) => `node_modules/${name}`).filter((place) => place in lock.packages)
}

const shipped = Object.entries(lock.packages)
  .filter(([place, { dev }]) => place !== '' && dev !== true)
  .map(([place]) => place)
const reaching = [...new Set([...shipped, ...closure(bundled())])].sort()

const refused: string[] = []
const texts: string[] = []
for (const place of reaching) {
  const folder = join(project, place)
  if (!existsSync(join(folder, 'package.json'))) continue
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  if (license === undefined || !allowed.test(license))
    refused.push(`${name} ${version}: ${license ?? 'no licence'}`)
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()
  texts.push(`${name} ${version} (${license ?? 'unknown'})\n\n${text}\n`)
}

mkdirSync(join(project, 'dist/licences'), { recursive: true })
writeFileSync(join(project, 'dist/licences/THIRD-PARTY.txt'), texts.join(`\n${'-'.repeat(78)}\n\n`))
console.log(`${texts.length} packages reach people; their licences are in dist/licences/THIRD-PARTY.txt`)
for (const line of refused) console.error(`not on the list of accepted licences: ${line}`)
process.exitCode = refused.length === 0 ? 0 : 1
