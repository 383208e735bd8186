import { lstatSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { basename, dirname, join, posix, relative, resolve } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { calls, events } from '../core/contract/contract.ts'

/**
 * `npm run build:electron`: one self-contained file for each process and thread in dist/electron, packages with
 * native code left outside. Sources name another process by `new URL('….ts', import.meta.url)`; here that becomes
 * the bundle beside.
 */
const root = resolve(import.meta.dirname, '../..')

/** Names of the bundles that Node runs: one for each process and thread. */
export async function bundleNames(): Promise<readonly string[]> {
  return [...(await entries()).values()].map((name) => `${name}.js`)
}

/** Bundle name by source file. */
async function entries(): Promise<ReadonlyMap<string, string>> {
  const workers = (await readdir(join(root, 'electron/worker'))).filter((name) => name.endsWith('-worker.ts'))
  return new Map([
    ['electron/main/main.ts', 'main'],
    ['electron/service/entry.ts', 'service'],
    ['electron/cli/main.ts', 'cli'],
    ['electron/core/library/upkeep/check-thread.ts', 'check-thread'],
    ['electron/core/imaging/decode/jxl-thread.ts', 'jxl-thread'],
    ...workers.map((name): [string, string] => [
      `electron/worker/${name}`,
      name === 'photo-worker.ts' ? 'worker' : basename(name, '.ts'),
    ]),
  ])
}

/**
 * Packages that are found in node_modules at run time: native code, WebAssembly, files loaded by path; and the
 * updater with its log, which most runs never load.
 */
export const externals: readonly string[] = [
  'electron',
  'onnxruntime-node',
  'better-sqlite3',
  'sharp',
  '@parcel/watcher',
  '@julusian/jpeg-turbo',
  'libheif-js',
  'wasm-vips',
  'electron-log',
  'electron-updater',
]

/**
 * The file an import of a package means, for packages that only have a `main`. Inside an archive Electron lost
 * those twice when they were imported by their name alone (electron#41241, electron#45896).
 */
function fileOf(name: string): string {
  if (!externals.includes(name) || name === 'electron') return name
  const manifest = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
  const { main, exports } = JSON.parse(manifest) as { main?: string; exports?: unknown }
  return exports === undefined && main !== undefined ? posix.join(name, main) : name
}

/** Where the models, labels and migrations lie, unless the environment says so. */
const resourcesModule = `
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
const places = ['../resources', '../../..'].map((place) => fileURLToPath(new URL(place, import.meta.url)))
process.env.KARTOTEKA_RESOURCES ??= places.find((place) => existsSync(place + '/migrations')) ?? places[0]
`

const resourcesId = 'virtual:resources'
const entryId = 'virtual:entry'

/** The entry, after the place of its resources is known. */
function entryAfterResources(source: string): Plugin {
  return {
    name: 'entry-after-resources',
    enforce: 'pre',
    resolveId: (id) => (id === resourcesId || id === entryId ? `\0${id}` : null),
    load: (id) => {
      if (id === `\0${resourcesId}`) return resourcesModule
      if (id === `\0${entryId}`) return `import '${resourcesId}'\nimport ${JSON.stringify(source)}\n`
      return null
    },
  }
}

/** `new URL('../worker/photo-worker.ts', import.meta.url)` → `new URL('./worker.js', import.meta.url)`. */
function processesBeside(names: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'processes-beside',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null
      return code.replaceAll(
        /new URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url\s*,?\s*\)/g,
        (_all, target: string) => {
          const source = relative(root, resolve(dirname(id), target)).replaceAll('\\', '/')
          const name = names.get(source)
          if (name === undefined) throw new Error(`${id} names ${source}, which has no bundle of its own.`)
          return `new URL('./${name}.js', import.meta.url)`
        },
      )
    },
  }
}

/** The preload offers calls and events by their names; what they take and give is checked behind it. */
function namesOfContract(): Plugin {
  return {
    name: 'names-of-contract',
    enforce: 'pre',
    load: (id) =>
      id === join(root, 'electron/core/contract/contract.ts').replaceAll('\\', '/')
        ? `export const calls = ${namesOnly(calls)}\nexport const events = ${namesOnly(events)}\n`
        : null,
  }
}

function namesOnly(part: object): string {
  return JSON.stringify(Object.fromEntries(Object.keys(part).map((name) => [name, 0])))
}

/** @returns the files whose code went into the bundle. */
async function bundle(
  source: string,
  file: string,
  names: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const fileName = basename(file)
  const preload = fileName.endsWith('.cjs')
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: preload ? [namesOfContract()] : [entryAfterResources(source), processesBeside(names)],
    ssr: { noExternal: true, external: [...externals] },
    // Workers are never Vite's own: they are bundles of ours.
    build: {
      ssr: true,
      target: 'node24',
      outDir: dirname(file),
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: preload ? source : entryId,
        external: [
          ...externals,
          ...builtinModules,
          /^node:/,
          ...externals.map((name) => new RegExp(`^${name}/`)),
        ],
        output: {
          format: preload ? 'cjs' : 'es',
          entryFileNames: fileName,
          codeSplitting: false,
          paths: fileOf,
        },
      },
    },
  })
  return (built as Rolldown.RolldownOutput).output.flatMap((part) =>
    part.type === 'chunk' ? part.moduleIds.map((id) => relative(root, id).replaceAll('\\', '/')) : [],
  )
}

/** `resources` beside the bundles looks like that of the packaged app, so that they run unpackaged too. */
async function linkResources(resources: string): Promise<void> {
  await mkdir(resources, { recursive: true })
  for (const [name, source] of [
    ['models', 'native-models/cache'],
    ['labels', 'native-models/labels'],
    ['migrations', 'migrations'],
    ['places', 'dist/places'],
  ] as const) {
    // A link may lead nowhere yet: models and places are made later.
    if (lstatSync(join(resources, name), { throwIfNoEntry: false }) === undefined) {
      await symlink(join(root, source), join(resources, name), 'junction')
    }
  }
}

/**
 * Builds everything the shells run into one folder, which lies two below the checkout as dist/electron does.
 * Throws what the bundler throws.
 * @returns the files whose code went into the bundles, as paths below the checkout
 */
export async function buildElectron(out: string): Promise<ReadonlySet<string>> {
  await rm(out, { recursive: true, force: true })
  const names = await entries()
  const sources = new Set<string>()
  for (const [source, file] of [
    ...[...names].map(([source, name]) => [source, `${name}.js`] as const),
    ['electron/preload/preload.ts', 'preload.cjs'] as const,
  ]) {
    for (const used of await bundle(join(root, source), join(out, file), names)) sources.add(used)
  }
  await linkResources(join(dirname(out), 'resources'))
  return sources
}

if (import.meta.main) await buildElectron(join(root, 'dist/electron'))
