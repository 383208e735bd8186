import * as v from 'valibot'
import { settings, type Settings } from '../core/contract/states.ts'
import type { Library } from '../core/library/library.ts'
import { readSetting, writeSetting } from '../core/library/settings.ts'

const key = 'settings'

const usual: Settings = {
  language: 'system',
  theme: 'system',
  minConfidence: null,
  effort: 'normal',
  pauseOnBattery: false,
  watchFolders: true,
  provider: 'auto',
  look: 'plain',
  checkForUpdates: false,
  writeSidecars: false,
  thumbnailSize: 200,
  wallShape: 'whole',
  hemisphere: 'northern',
  dayOrder: 'system',
  pinnedThings: [],
}

/** The person's settings. What another version kept and this one does not understand falls back to the usual. */
export function readSettings(library: Library): Settings {
  const kept = readSetting(library, key)
  if (typeof kept !== 'object' || kept === null) return usual
  const understood = Object.fromEntries(
    Object.entries(kept).filter(
      ([name, value]) =>
        Object.hasOwn(settings.entries, name) && v.is(settings.entries[name as keyof Settings], value),
    ),
  )
  return { ...usual, ...understood }
}

type Change = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

export function changeSettings(library: Library, change: Change): Settings {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const next = { ...readSettings(library), ...given }
  writeSetting(library, key, next)
  return next
}
