import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openGazetteer, type Gazetteer } from './gazetteer.ts'

let opened: { readonly file: string; readonly gazetteer: Gazetteer | null } | null = null

/**
 * The gazetteer of this installation, opened when it is first asked for: a thread that meets no position needs no memory
 * for it. `null` where there is none (yet), or where it cannot be read: photos must not suffer from that.
 */
export function usualGazetteer(): Gazetteer | null {
  const file = gazetteerFile()
  if (file === null || !existsSync(file)) return null
  if (opened?.file !== file) {
    opened?.gazetteer?.close()
    opened = { file, gazetteer: openIfSound(file) }
  }
  return opened.gazetteer
}

function openIfSound(file: string): Gazetteer | null {
  try {
    return openGazetteer(file)
  } catch {
    return null
  }
}

/**
 * Where the gazetteer lies: $KARTOTEKA_PLACES (empty: nowhere), `places` among the resources of an installed app, or where
 * `npm run places` of a checkout puts it.
 */
export function gazetteerFile(): string | null {
  const named = process.env['KARTOTEKA_PLACES']
  if (named !== undefined) return named === '' ? null : named
  const resources = process.env['KARTOTEKA_RESOURCES']
  const shipped = resources === undefined ? null : join(resources, 'places/places.bin')
  if (shipped !== null && existsSync(shipped)) return shipped
  const checkout = checkoutFolder()
  return checkout === null ? null : join(checkout, 'dist/places/places.bin')
}

/** This file runs from the sources or bundled below `dist`; in both cases the checkout lies above. */
function checkoutFolder(): string | null {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'electron/packaging/places'))) {
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
  return folder
}
