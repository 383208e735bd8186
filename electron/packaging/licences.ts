import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import spdx from 'spdx-license-list/full.js'
import { externals } from './build.ts'

const project = resolve(import.meta.dirname, '../..')
const allowed =
  /^\(?(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|WTFPL|Zlib|LGPL-3\.0(-or-later)?|MPL-2\.0|MIT OR .*|.*\bOR MIT\b.*|.* AND .*)\)?$/

interface Locked {
  readonly dev?: boolean
  readonly optional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}
type Lock = Readonly<Record<string, Locked>>

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

/** Where Node finds `name` from a package that lies at `from` ("node_modules/a"), as in the lock file. */
function resolveLocked(lock: Lock, name: string, from: string): string | null {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules') - 1))) {
    const place = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`
    if (lock[place] !== undefined) return place
    if (base === '') return null
  }
}

function closure(lock: Lock, places: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const open = [...places]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(place)) continue
    seen.add(place)
    for (const name of Object.keys(lock[place]?.dependencies ?? {})) {
      const found = resolveLocked(lock, name, place)
      if (found !== null) open.push(found)
    }
  }
  return seen
}

/** Packages that our code imports and Vite bundles: they are development dependencies. */
function bundled(lock: Lock): string[] {
  const sources = globSync(['electron/**/*.ts', 'renderer/**/*.{ts,vue}'], {
    cwd: project,
    exclude: ['electron/{packaging,bench}', 'renderer/*.config.ts'],
  })
  const names = sources.flatMap((file) =>
    [
      ...readFileSync(join(project, file), 'utf8').matchAll(
        /(?:from |import\()'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g,
      ),
    ].map((match) => match[1] ?? ''),
  )
  return [...new Set(names)]
    .filter((name) => !externals.includes(name))
    .map((name) => `node_modules/${name}`)
    .filter((place) => place in lock)
}

/**
 * What must go with a package: its own licence file, the full text of a licence it only names, and for libraries
 * under the LGPL that licence, as it demands, and what they are made of.
 */
function textOf(folder: string, { license = '', author }: Manifest): string {
  const files = readdirSync(folder)
  const own = files
    .filter((entry) => /^(licen[cs]e|copying|notice|third.?party)/i.test(entry))
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim())
  const who = typeof author === 'string' ? author : (author?.name ?? '')
  const named = own.length > 0 ? [] : [who, ...standardTexts(license)]
  const lesser = license.includes('LGPL')
  const hasLesser = [...own, ...named].some((text) => /gnu lesser general public/i.test(text))
  const gnu = lesser && !hasLesser ? standardTexts('LGPL-3.0-only') : []
  const parts = lesser ? licensingOf(folder, files) : []
  return [...own, ...parts, ...named, ...gnu].filter((text) => text !== '').join('\n\n')
}

function standardTexts(expression: string): string[] {
  const ids = expression.split(/[()\s]+|\bAND\b|\bOR\b/).filter((id) => id in spdx)
  return ids.map((id) => spdx[id]?.licenseText.trim() ?? '')
}

/** The list of what a prebuilt library is made of, which its packages give in their README. */
function licensingOf(folder: string, files: readonly string[]): string[] {
  const readme = files.find((entry) => /^readme/i.test(entry))
  if (readme === undefined) return []
  const [, part] =
    /^## Licensing$(.*?)(?=^## |$(?![\s\S]))/ms.exec(readFileSync(join(folder, readme), 'utf8')) ?? []
  return part === undefined ? [] : [part.trim()]
}

/**
 * Writes `dist/licences/THIRD-PARTY.txt` below `root`: the licence text of every package that reaches people,
 * whether shipped as it is or bundled into our own code.
 * @param root A folder with a lock file and the production dependencies installed.
 * @returns how many packages those are, and the ones whose licence is not on the list or has no text.
 */
export function writeLicences(root: string): { readonly count: number; readonly refused: readonly string[] } {
  const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Lock
  }
  const shipped = Object.entries(lock)
    .filter(([place, { dev }]) => place !== '' && dev !== true)
    .map(([place]) => place)
  const reaching = [...new Set([...shipped, ...closure(lock, bundled(lock))])].sort()
  const refused: string[] = []
  const texts: string[] = []
  for (const place of reaching) {
    const folder = [root, project].map((base) => join(base, place)).find((each) => existsSync(each))
    if (folder === undefined) continue
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
    const { name, version, license } = manifest
    const text = textOf(folder, manifest)
    if (license === undefined || !allowed.test(license) || text === '')
      refused.push(`${name} ${version}: ${license ?? 'no licence'}`)
    texts.push(`${name} ${version} (${license ?? 'unknown'})\n\n${text}\n`)
  }
  mkdirSync(join(root, 'dist/licences'), { recursive: true })
  writeFileSync(join(root, 'dist/licences/THIRD-PARTY.txt'), texts.join(`\n${'-'.repeat(78)}\n\n`))
  return { count: texts.length, refused }
}

if (import.meta.main) {
  const { count, refused } = writeLicences(project)
  console.log(`${count} packages reach people; their licences are in dist/licences/THIRD-PARTY.txt`)
  for (const line of refused) console.error(`not on the list of accepted licences: ${line}`)
  process.exitCode = refused.length === 0 ? 0 : 1
}
