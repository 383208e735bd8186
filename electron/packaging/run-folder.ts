import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { extractAll } from '@electron/asar'
import { externals } from './build.ts'
import { jxlFiles } from '../../tests/fixtures/jxl.ts'
import { drawPhotos, testPhotos } from '../../tests/fixtures/photos.ts'
import { commandLine, compareTags, type CommandLine, type Difference } from './command-line.ts'
import type { Packed } from './pack.ts'
import { runPackedService } from './packed-service.ts'

const project = resolve(import.meta.dirname, '../..')
const turbo = '@julusian/jpeg-turbo'
const nativeSharp = `@img/sharp-${process.platform}-${process.arch}`

/** The network takes some of the drawn photos for it. */
const word = 'clothing'

/** What a run out of the folder showed, for people, and what was wrong with it. */
export interface FolderRun {
  readonly lines: readonly string[]
  readonly findings: readonly string[]
}

/**
 * Runs the packed app under plain Node out of a folder that has nothing of the checkout above it, on drawn
 * photos, and compares the tags with those of the sources. Linux only, on the processor it was packed for.
 */
export async function runOutOfFolder(packed: Packed): Promise<FolderRun> {
  // Real, since the library names things by their real paths.
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-alone-')))
  try {
    const app = layOut(packed, join(work, 'resources'))
    return await judge(app, work)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The package as Electron sees it, for a Node that cannot look into archives. */
function layOut({ resources }: Packed, to: string): string {
  mkdirSync(to)
  for (const name of ['models', 'labels', 'migrations', 'licences']) {
    cpSync(join(resources, name), join(to, name), { recursive: true })
  }
  extractAll(join(resources, 'app.asar'), join(to, 'app'))
  return join(to, 'app')
}

async function judge(app: string, work: string): Promise<FolderRun> {
  const photos = join(work, 'photos')
  await drawPhotos(photos)
  const count = testPhotos.length
  const findings = resolutionFindings(app)
  const lines: string[] = []

  const command = commandLine(join(app, 'dist/electron/cli.js'), join(work, 'packed'), bare(work))
  const indexed = await command.index(photos)
  const names = await command.names(word)
  lines.push(`CLI: ${indexed.indexed} of ${count} photos indexed, ${names.length} found as "${word}"`)
  if (indexed.indexed !== count) findings.push(`the packed CLI indexed ${indexed.indexed} of ${count} photos`)

  const service = await runPackedService(
    join(app, 'dist/electron/service.js'),
    join(work, 'service'),
    photos,
    word,
    bare(work),
  )
  const natives = service.loaded.map((path) => path.slice(path.lastIndexOf('/node_modules/') + 14))
  lines.push(
    `service: ${service.photos} photos, ${service.found} found as "${word}", thumbnail of ${service.thumbnail} bytes`,
    `native code in its memory: ${natives.join(', ')}`,
  )
  if (service.photos !== count) findings.push(`the packed service holds ${service.photos} of ${count} photos`)
  if (service.found !== names.length) findings.push('the packed service and CLI find different photos')
  if (service.thumbnail < 500) findings.push('the packed service gives no thumbnail')
  findings.push(
    ...service.loaded
      .filter((path) => !path.startsWith(`${app}/`) || /libvips|sharp-linux/.test(path))
      .map((path) => `the packed service loaded ${path}`),
  )

  const rare = join(work, 'rare')
  mkdirSync(rare)
  writeFileSync(join(rare, 'photo.jxl'), jxlFiles.bare)
  const other = commandLine(join(app, 'dist/electron/cli.js'), join(work, 'other'), bare(work))
  if ((await other.index(rare)).indexed !== 1) findings.push('the packed CLI does not read JPEG XL')

  // The decoder people get: libjpeg-turbo for small JPEGs, WebAssembly for the rest.
  const packedTags = await command.tags()
  const fromSources = async (name: string, ...hide: string[]): Promise<CommandLine> => {
    const sources = commandLine(join(project, 'electron/cli/kartoteka.mjs'), join(work, name), {
      ...bare(work),
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'hide-packages.ts')).href}`,
      KARTOTEKA_HIDE: hide.join(),
    })
    await sources.index(photos)
    return sources
  }
  const likeUs = await fromSources('sources', nativeSharp)
  if ((await likeUs.names(word)).join() !== names.join()) {
    findings.push(`the packed CLI does not find the same "${word}" as the sources`)
  }
  report('the sources with the same decoders', compareTags(packedTags, await likeUs.tags()), true)

  // The same photos again with WebAssembly alone, which otherwise would not see a single one of them.
  renameSync(join(app, 'node_modules', turbo), join(app, 'node_modules', `${turbo}-away`))
  const alone = commandLine(join(app, 'dist/electron/cli.js'), join(work, 'alone'), bare(work))
  await alone.index(photos)
  const wasmTags = await alone.tags()
  const wasmSources = await fromSources('sources-wasm', nativeSharp, turbo)
  report(
    'WebAssembly alone, packed and from the sources',
    compareTags(wasmTags, await wasmSources.tags()),
    true,
  )
  const native = await fromSources('sources-native', turbo)
  report('WebAssembly alone and native sharp alone', compareTags(wasmTags, await native.tags()), false)
  report('what is shipped and native sharp alone', compareTags(packedTags, await native.tags()), false)
  return { lines, findings }

  function report(what: string, difference: Difference, mustBeEqual: boolean): void {
    const { photos: both, sameFive, sameBest, probability } = difference
    lines.push(
      `${what}: same five tags on ${sameFive} of ${count} photos, same best on ${sameBest}, probabilities at most ${probability.toPrecision(2)} apart`,
    )
    if (both !== count) findings.push(`${what}: only ${both} of ${count} photos are in both`)
    if (mustBeEqual && (sameFive !== count || probability !== 0)) findings.push(`${what}: tags differ`)
  }
}

/** Everything a package's bundles load must come out of the folder; native sharp must come from nowhere. */
function resolutionFindings(app: string): string[] {
  const findings: string[] = []
  for (let folder = dirname(app); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules')))
      findings.push(`${folder} has a node_modules above the package`)
  }
  const require = createRequire(join(app, 'dist/electron/service.js'))
  const find = (name: string): string | null => {
    try {
      return require.resolve(name)
    } catch {
      return null
    }
  }
  const wanted = externals.filter((name) => name !== 'electron').map((name) => entryOf[name] ?? name)
  for (const name of [...wanted, '@img/sharp-wasm32/sharp.node']) {
    const place = find(name)
    if (place === null) findings.push(`${name} cannot be loaded from the package`)
    else if (!place.startsWith(`${app}/`)) findings.push(`${name} comes from ${place}`)
  }
  for (const name of [`${nativeSharp}/sharp.node`, 'typescript', 'vite', 'electron']) {
    if (find(name) !== null) findings.push(`${name} can be loaded from the package`)
  }
  return findings
}

/** Packages that are loaded by another name than their own. */
const entryOf: Readonly<Record<string, string>> = {
  'electron-log': 'electron-log/main',
  'libheif-js': 'libheif-js/wasm-bundle.js',
  'wasm-vips': 'wasm-vips/vips.wasm',
}

/** Nothing that could lead a process back to the checkout. */
function bare(work: string): Record<string, string> {
  return { HOME: work, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }
}
