import type { NamePlaceholder } from '../contract/copies.ts'
import { nameWithoutEnding } from '../paths/file-kinds.ts'

/** What names of copies are made of. */
export interface NamedPhoto {
  /** Name of the original, in text form. */
  readonly name: string
  /** Name of its folder, without the path. */
  readonly folder: string
  /** `2019-07-14T18:03:22`; `null` when unknown. */
  readonly takenAt: string | null
}

/** Names for one photo: what stands before the ending, and the ending with its dot, or nothing. */
export interface NameParts {
  readonly base: string
  readonly ending: string
}

/** Bytes of UTF-8 that a name may have on Linux; Windows and macOS allow as many UTF-16 units, which are never more. */
const bytesAtMost = 255
/** Room for the number behind a name that is taken, and for `.xmp`. */
const roomForMore = 16

/**
 * What a copy is to be called.
 * @param pattern with placeholders in braces; `null`: as the original
 * @param ending of the copy, with its dot; `null`: that of the original
 * @param number place of the photo among all of them, from 1
 * @param total how many there are: numbers have as many digits, so that names sort as they count
 */
export function wishedName(
  photo: NamedPhoto,
  pattern: string | null,
  ending: string | null,
  number: number,
  total: number,
): NameParts {
  const own = splitName(photo.name)
  const [date = '', time = ''] = (photo.takenAt ?? '').split('T')
  const values: Readonly<Record<NamePlaceholder, string>> = {
    name: own.base,
    folder: photo.folder,
    date: date === '' ? 'undated' : date,
    // A colon may stand in no name on Windows.
    time: time.replaceAll(':', '.'),
    number: String(number).padStart(String(total).length, '0'),
  }
  const wished =
    pattern?.replaceAll(/\{(\w+)\}/g, (all, name: string) =>
      Object.hasOwn(values, name) ? values[name as NamePlaceholder] : all,
    ) ?? own.base
  return { base: wished, ending: ending ?? own.ending }
}

/** Only what ends as photos do has an ending: `IMG.1` has none. */
function splitName(name: string): NameParts {
  const base = nameWithoutEnding(name)
  return base === null ? { base: name, ending: '' } : { base, ending: name.slice(base.length) }
}

/** What no name may hold on Windows (and `/` nowhere), control characters, and bytes that are no character of UTF-8. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what has to go
const forbidden = /[<>:"/\\|?*\u0000-\u001f\u007f]|\p{Cs}|[\u{10ff80}-\u{10ffff}]/gu
/** Devices of Windows, which it sees in names with any ending, too. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$| )/iu

/**
 * A name that Windows, macOS and Linux all take: what is forbidden becomes `_`, and it is cut off to fit. Hidden names
 * (with a dot at the beginning) become seen.
 */
export function safeName({ base, ending }: NameParts): NameParts {
  const tail = ending.replaceAll(forbidden, '_').replace(/[. ]+$/u, '')
  const room = bytesAtMost - roomForMore - Buffer.byteLength(tail)
  const clean = base.replaceAll(forbidden, '_').trim().replace(/^\.+/u, '').trimStart()
  const cut = withinBytes(clean, Math.max(1, room)).replace(/[. ]+$/u, '')
  const named = cut === '' ? '_' : cut
  return { base: devices.test(named + tail) ? `_${named}` : named, ending: tail }
}

/** The beginning of a text, of whole characters. */
function withinBytes(text: string, bytes: number): string {
  let left = bytes
  let end = 0
  for (const character of text) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    end += character.length
  }
  return text.slice(0, end)
}

/** As file systems compare names: most of them know no case, and macOS none of the ways to write an accent. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC')

/** A file that goes along with a photo, called like that. */
export interface Companion {
  /** In text form. */
  readonly path: string
  /** Whether its name is that of the photo with its ending, or without. */
  readonly follows: 'name' | 'base'
  /** With its dot. */
  readonly ending: string
}

export interface PlannedNames {
  readonly name: string
  /** Those that are not there yet: two photos may share one. */
  readonly companions: readonly { readonly path: string; readonly name: string }[]
  /** They were not used after all. */
  readonly giveBack: () => void
}

/** Names of one folder. */
export interface NamePlan {
  /** Free names for a photo and what goes along, which are taken from now on. */
  readonly next: (wish: NameParts, companions?: readonly Companion[]) => PlannedNames
}

/** @param present names that the folder has already, in text form */
export function planNames(present: Iterable<string>): NamePlan {
  /** What each name holds that was given here; `null`: something else. */
  const taken = new Map<string, string | null>()
  /** Where counting goes on for a name that was wished for before. */
  const counters = new Map<string, number>()
  for (const name of present) taken.set(folded(name), null)

  const isFree = (name: string, path: string | null): boolean => {
    const holder = taken.get(folded(name))
    return holder === undefined || (path !== null && holder === path)
  }
  return {
    next: (wish, companions = []) => {
      const { base, ending } = safeName(wish)
      const key = folded(base + ending)
      for (let number = counters.get(key) ?? 1; ; number += 1) {
        const numbered = number === 1 ? base : `${base} (${number})`
        const name = numbered + ending
        const along = companions.map((each) => ({
          path: each.path,
          name: (each.follows === 'name' ? name : numbered) + each.ending,
        }))
        if (!isFree(name, null) || !along.every((each) => isFree(each.name, each.path))) continue
        counters.set(key, number + 1)
        const fresh = along.filter((each) => !taken.has(folded(each.name)))
        taken.set(folded(name), null)
        for (const each of fresh) taken.set(folded(each.name), each.path)
        return {
          name,
          companions: fresh,
          giveBack: () => {
            counters.delete(key)
            for (const given of [name, ...fresh.map((each) => each.name)]) taken.delete(folded(given))
          },
        }
      }
    },
  }
}
