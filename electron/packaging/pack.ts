import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { listPackage } from '@electron/asar'
import { Arch, build, Platform } from 'electron-builder'
import { lookAtInstallers, type Installers } from './installers.ts'
import { writeLicences } from './licences.ts'
import { makeStandInElectron } from './stand-in.ts'
import type { PackTarget } from './targets.ts'

const project = resolve(import.meta.dirname, '../..')
const carried = [
  'package.json',
  'package-lock.json',
  'electron-builder.yml',
  'LICENSE',
  'NOTICE',
  'dist/electron',
  'dist/renderer',
  'dist/icons',
  'dist/places',
  'migrations',
  'native-models',
  'electron/packaging/installer',
]
const platforms = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }

export interface Packed {
  /** The folder that holds app.asar, app.asar.unpacked, models, labels … */
  readonly resources: string
  readonly executable: string
  /** Every file below `resources`, with forward slashes. */
  readonly files: readonly string[]
  /** Every path in app.asar, folders and what lies beside it unpacked too, with forward slashes. */
  readonly inside: readonly string[]
  /** What the package was made from, with the built app in `dist` and its own node_modules. */
  readonly stage: string
  /** Bytes below `resources`. */
  readonly bytes: number
  readonly installer: Installers
}

/**
 * Packs the built app (`npm run build`, `npm run model`, `npm run places`) for one target into `workFolder`, with that target's
 * own production dependencies and a stand-in for Electron. Needs the npm registry, nothing else.
 */
export async function pack(target: PackTarget, workFolder: string): Promise<Packed> {
  const stage = join(workFolder, 'stage')
  mkdirSync(stage, { recursive: true })
  for (const name of carried) cpSync(join(project, name), join(stage, name), { recursive: true })
  const libc = target.platform === 'linux' ? ['--libc=glibc'] : []
  execFileSync(
    'npm',
    ['ci', '--omit=dev', '--ignore-scripts', `--os=${target.platform}`, `--cpu=${target.arch}`, ...libc],
    { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  writeLicences(stage)
  return packStage(target, stage, workFolder)
}

/** Packs what lies in `stage`, an app with its `electron-builder.yml`, for one target into `workFolder`. */
export async function packStage(target: PackTarget, stage: string, workFolder: string): Promise<Packed> {
  const manifest = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string }
  }
  const electronDist = join(workFolder, 'electron')
  makeStandInElectron(electronDist, target, manifest.devDependencies.electron)
  const output = join(workFolder, 'out')
  let installer: Installers = { names: [], findings: ['electron-builder did not say what it packs'] }
  // Hooks are named relative to where electron-builder is started.
  const before = process.cwd()
  process.chdir(stage)
  try {
    await build({
      projectDir: stage,
      publish: 'never',
      targets: platforms[target.platform].createTarget('dir', target.arch === 'x64' ? Arch.x64 : Arch.arm64),
      config: {
        extends: join(stage, 'electron-builder.yml'),
        electronDist,
        directories: { output },
        mac: { identity: null },
        afterPack: async (context) => {
          installer = await lookAtInstallers(target, context)
        },
      },
    })
  } finally {
    process.chdir(before)
  }
  return { ...packedIn(output, target), stage, installer }
}

function packedIn(output: string, target: PackTarget): Omit<Packed, 'stage' | 'installer'> {
  const folder = readdirSync(output).find((name) => name.includes('unpacked') || name.startsWith('mac'))
  if (folder === undefined) throw new Error(`electron-builder left no unpacked app in ${output}`)
  const app = join(output, folder)
  const [resources, executable] = {
    linux: [join(app, 'resources'), join(app, 'kartoteka')],
    win32: [join(app, 'resources'), join(app, 'Kartoteka.exe')],
    darwin: [join(app, 'Kartoteka.app/Contents/Resources'), join(app, 'Kartoteka.app')],
  }[target.platform] as [string, string]
  const files = readdirSync(resources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(resources, join(entry.parentPath, entry.name))))
  const bytes = files.reduce((sum, file) => sum + statSync(join(resources, file)).size, 0)
  const archive = join(resources, 'app.asar')
  const inside = existsSync(archive)
    ? listPackage(archive, { isPack: false }).map((path) => slashed(path).slice(1))
    : []
  return { resources, executable, files, inside, bytes }
}

const slashed = (path: string): string => path.split(sep).join('/')
