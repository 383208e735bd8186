import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openGazetteer, type Gazetteer } from './gazetteer.ts'

interface Opened {
  readonly file: string
  readonly gazetteer: Gazetteer | null
  /** When the file was written; `null`: there is none. */
  readonly writtenAt: number | null
}
let opened: Opened | null = null

/**
 * The gazetteer of this installation, opened when it is first asked for: a thread that meets no position needs no memory
 * for it. `null` where there is none (yet), or where it cannot be read: photos must not suffer from that.
 */
export function usualGazetteer(): Gazetteer | null {
  const file = gazetteerFile()
  if (file === null) return null
  if (opened?.file === file && opened.gazetteer !== null) return opened.gazetteer
  // One that was missing or broken may have been made meanwhile.
  const writtenAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
  if (opened?.file === file && opened.writtenAt === writtenAt) return null
  opened?.gazetteer?.close()
  opened = { file, gazetteer: writtenAt === null ? null : openIfSound(file), writtenAt }
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
  own ??= { file: ownFile() }
  return own.file
}

/** Remembered: it is asked for with every photo. */
let own: { readonly file: string | null } | null = null

function ownFile(): string | null {
  const resources = process.env['KARTOTEKA_RESOURCES']
  const shipped = resources === undefined ? null : join(resources, 'places/places.bin')
  if (shipped !== null && existsSync(shipped)) return shipped
  return checkoutFile()
}

/** Where `npm run places` puts it; `null` outside a checkout. */
export function checkoutFile(): string | null {
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
