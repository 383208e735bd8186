import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { externals } from './build.ts'
import type { Packed } from './pack.ts'

/** Named as dependencies by packages that need them to be installed or compiled, and loaded by nobody. */
const installTools: ReadonlySet<string> = new Set(['cmake-js', 'node-addon-api', 'adm-zip', 'global-agent'])

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages whose code our bundles leave outside, with all that they load, as far as they are installed. */
function loadablePackages(modules: string): ReadonlySet<string> {
  const found = new Set<string>()
  const open = externals.filter((name) => name !== 'electron')
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const manifest = join(modules, name, 'package.json')
    if (found.has(name) || installTools.has(name) || !existsSync(manifest)) continue
    found.add(name)
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    open.push(...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}))
  }
  // It is no dependency of sharp, which looks for it all the same.
  return found.add('@img/sharp-wasm32').add('@emnapi/runtime').add('tslib')
}

/** Name of the package a path inside the archive belongs to; `null` for our own files. */
export function packageOf(path: string): string | null {
  const [, rest] = /^node_modules\/(.*)$/.exec(path) ?? []
  const [first = '', second = ''] = rest?.split('/') ?? []
  if (first === '' || (first.startsWith('@') && second === '')) return null
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** Packages that are shipped and that nothing loads: development tools, what Vite bundled, install tools. */
export function dependencyFindings({ inside, stage }: Packed): string[] {
  const loadable = loadablePackages(join(stage, 'node_modules'))
  const shipped = new Set(inside.map(packageOf).filter((name) => name !== null))
  const idle = [...shipped]
    .filter((name) => !loadable.has(name))
    .map((name) => `package that nothing loads: ${name}`)
  const gone = externals
    .filter((name) => name !== 'electron' && !shipped.has(name))
    .map((name) => `missing package ${name}`)
  return [...idle, ...gone]
}
