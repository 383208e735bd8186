import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AfterPackContext, Arch } from 'electron-builder'
import type { PackTarget } from './targets.ts'

/** What the installers of one package are called and what they tell the system, as electron-builder works it out. */
export interface Installers {
  /** Files that people download. */
  readonly names: readonly string[]
  readonly findings: readonly string[]
}

/** It is electron-builder's own library, and no dependency of ours. */
const load = createRequire(createRequire(import.meta.url).resolve('electron-builder'))

interface LinuxPackage {
  checkOptions(): Promise<unknown>
  /** Files with what the package brings besides the app. */
  readonly scriptFiles: Promise<{ readonly afterInstall: string; readonly appArmor: string }>
}
interface LinuxHelper {
  computeDesktopEntry(options: unknown, exec?: string): Promise<string>
}
const { LinuxTargetHelper } = load('app-builder-lib/out/targets/LinuxTargetHelper.js') as {
  LinuxTargetHelper: new (packager: unknown) => LinuxHelper
}

const { default: FpmTarget } = load('app-builder-lib/out/targets/FpmTarget.js') as {
  default: new (name: string, packager: unknown, helper: LinuxHelper, out: string) => LinuxPackage
}
const { computeArchToTargetNamesMap } = load('app-builder-lib/out/targets/targetFactory.js') as {
  computeArchToTargetNamesMap: (
    asked: ReadonlyMap<Arch, readonly string[]>,
    packager: unknown,
    platform: unknown,
  ) => ReadonlyMap<Arch, readonly string[]>
}

/** Installers of each system, and how their files end. */
const kinds = {
  linux: { targets: ['AppImage', 'deb', 'rpm'], endings: ['AppImage', 'deb', 'rpm'] },
  win32: { targets: ['nsis'], endings: ['exe'] },
  darwin: { targets: ['dmg', 'zip'], endings: ['dmg', 'zip'] },
}

interface Packager {
  readonly platformSpecificBuildOptions: unknown
  readonly platform: unknown
  expandArtifactNamePattern(options: unknown, ext: string, arch: Arch): string
}

/** The installers themselves need tools that cannot be fetched everywhere; what goes into them does not. */
export async function lookAtInstallers(target: PackTarget, context: AfterPackContext): Promise<Installers> {
  const packager = context.packager as unknown as Packager
  const { targets, endings } = kinds[target.platform]
  const names = endings.map((ext) => packager.expandArtifactNamePattern(null, ext, context.arch))
  const made = [...computeArchToTargetNamesMap(new Map([[context.arch, []]]), packager, packager.platform)]
  const wrongTargets =
    made.length === 1 && made[0]?.[1].join() === targets.join()
      ? []
      : [`asked for ${target.arch}, electron-builder makes ${JSON.stringify(made)}`]
  const wrongNames = names
    .filter((name) => !/^[\w.-]+$/.test(name))
    .map((name) => `GitHub would rename ${JSON.stringify(name)}`)
  const noChip = names
    .filter((name) => !/x64|arm64|x86_64|aarch64|amd64/.test(name))
    .map((name) => `${name} does not say for which processor it is`)
  return {
    names,
    findings: [
      ...wrongTargets,
      ...wrongNames,
      ...noChip,
      ...(target.platform === 'linux' ? await linuxFindings(packager) : []),
    ],
  }
}

/** What electron-builder would refuse only when it makes the packages, and what they tell the desktop. */
async function linuxFindings(packager: Packager): Promise<string[]> {
  const helper = new LinuxTargetHelper(packager)
  const findings: string[] = []
  for (const name of ['deb', 'rpm']) {
    try {
      const made = new FpmTarget(name, packager, helper, '')
      await made.checkOptions()
      const { afterInstall, appArmor } = await made.scriptFiles
      const [script, profile] = [await readFile(afterInstall, 'utf8'), await readFile(appArmor, 'utf8')]
      findings.push(...sandboxFindings(script, profile).map((finding) => `the ${name} ${finding}`))
    } catch (error) {
      findings.push(`the ${name} cannot be made: ${String(error)}`)
    }
  }
  try {
    const entry = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions)
    findings.push(...desktopFindings(entry))
  } catch (error) {
    findings.push(`the desktop entry cannot be made: ${String(error)}`)
  }
  return findings
}

/**
 * Chromium's sandbox needs user namespaces, which Ubuntu gives only to programs with an AppArmor profile that asks for
 * them.
 * @param script run once the package is installed
 */
function sandboxFindings(script: string, profile: string): string[] {
  return [
    ...lacks(
      profile,
      ['profile "kartoteka" "/opt/Kartoteka/kartoteka" flags=(unconfined) {\n', '\n  userns,\n'],
      'brings an AppArmor profile that',
    ),
    ...lacks(
      script,
      [
        "APPARMOR_PROFILE_SOURCE='/opt/Kartoteka/resources/apparmor-profile'\n",
        "APPARMOR_PROFILE_TARGET='/etc/apparmor.d/kartoteka'\n",
        'cp -f "$APPARMOR_PROFILE_SOURCE" "$APPARMOR_PROFILE_TARGET"\n',
        'apparmor_parser --replace --write-cache --skip-read-cache "$APPARMOR_PROFILE_TARGET"\n',
      ],
      'is installed by a script that',
    ),
  ]
}

/** @returns a sentence for each wanted line that is not there */
function lacks(text: string, wanted: readonly string[], what: string): string[] {
  return wanted.filter((line) => !text.includes(line)).map((line) => `${what} lacks ${line.trim()}`)
}

/** The menu entry must take folders and lead to the window. */
function desktopFindings(entry: string): string[] {
  const wanted = [
    'Exec=/opt/Kartoteka/kartoteka %U',
    'MimeType=inode/directory;',
    'StartupWMClass=kartoteka',
    'Categories=Graphics;',
  ]
  return wanted
    .filter((line) => !entry.split('\n').includes(line))
    .map((line) => `the desktop entry lacks ${line}`)
}
