import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/**
 * The Chromium (a headless shell for Linux on x64) of the npm package `@sparticuz/chromium`. The package also has a font
 * and the libraries that a bare system lacks.
 */
const modules = resolve(import.meta.dirname, '../../node_modules')
const source = join(modules, '@sparticuz/chromium')

/** Another version is unpacked beside it. */
const folder = join(modules, '.cache', `chromium-${version()}`)

export const packagedChromium = join(folder, 'chromium')

/** Where it finds its libraries and its font. */
export const packagedEnvironment: Readonly<Record<string, string>> = {
  LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
  FONTCONFIG_FILE: join(folder, 'fonts.conf'),
}

/** Unpacks it, unless that was done. Takes two seconds and 200 MB. */
export async function unpackPackagedChromium(): Promise<void> {
  if (existsSync(folder)) return
  await mkdir(join(modules, '.cache'), { recursive: true })
  // Beside it and renamed, so that nobody ever starts half a browser.
  const unpacking = await mkdtemp(`${folder}-`)
  try {
    await inflateInto(unpacking, ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'])
    await writeFile(join(unpacking, 'fonts.conf'), fontsConfiguration)
    await rename(unpacking, folder)
  } finally {
    await rm(unpacking, { recursive: true, force: true })
  }
}

/** The package unpacks into the folder for temporary files, which is the one that the environment names. */
async function inflateInto(target: string, archives: readonly string[]): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium')
  const usual = process.env['TMPDIR']
  process.env['TMPDIR'] = target
  try {
    for (const archive of archives) await inflate(join(source, 'bin', archive))
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
}

/** Only the font of the package: text then looks the same on every computer. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`

function version(): string {
  const about = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { readonly version: string }
  return about.version
}
