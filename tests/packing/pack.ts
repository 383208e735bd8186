import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { makeStandInElectron } from './stand-in.ts'
import type { PackTarget } from './targets.ts'

const project = resolve(import.meta.dirname, '../..')
const carried = [
  'package.json',
  'package-lock.json',
  'electron-builder.yml',
  'LICENSE',
  'NOTICE',
  'dist',
  'migrations',
  'native-models',
  'electron/installer',
]
const platforms = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }

export interface Packed {
  /** The folder that holds app.asar, app.asar.unpacked, models, labels … */
  readonly resources: string
  readonly executable: string
  /** Every file below `resources`, with forward slashes. */
  readonly files: readonly string[]
  /** Bytes below `resources`. */
  readonly bytes: number
}

/**
 * Packs the built app (`npm run build`, `npm run model`) for one target into `workFolder`, with that target's
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
  const manifest = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string }
  }
  const electronDist = join(workFolder, 'electron')
  makeStandInElectron(electronDist, target, manifest.devDependencies.electron)
  const output = join(workFolder, 'out')
  await build({
    projectDir: stage,
    publish: 'never',
    targets: platforms[target.platform].createTarget('dir', target.arch === 'x64' ? Arch.x64 : Arch.arm64),
    config: {
      extends: join(stage, 'electron-builder.yml'),
      electronDist,
      directories: { output },
      mac: { identity: null },
    },
  })
  return look(output, target)
}

function look(output: string, target: PackTarget): Packed {
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
    .map((entry) => relative(resources, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const bytes = files.reduce((sum, file) => sum + statSync(join(resources, file)).size, 0)
  return { resources, executable, files, bytes }
}
