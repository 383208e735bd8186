import { refinedBy, type WallTime } from './facts.ts'
import { dateInFolderName, monthAlone } from './folder-name-date.ts'
import { isUnsetClock, namedDate } from './named-date.ts'

/**
 * The date that the folders of a photo tell, as exact as they tell it; `null` when none does.
 *
 * The nearest folder that tells a date wins; one above it that agrees may make it more exact. Inside a folder that tells
 * no more than a year, `07` or `July` is a month, and inside that `12` is a day, but only directly. Nothing is told by the
 * name of a person's own folder, by a folder of copies or scans, by years before photography or after the next one, nor by
 * the days that unset clocks tell.
 * @param path absolute path of the photo in text form; both separators part it, wherever it comes from
 */
export function dateFromFolders(path: string): WallTime | null {
  let nearest: WallTime | null = null
  let above: WallTime | null = null
  for (const name of foldersOf(path)) {
    const told: WallTime | null = dateInFolderName(name) ?? (above && partOf(above, name))
    if (told !== null) nearest = nearest === null ? told : refinedBy(told, nearest)
    above = told
  }
  return nearest !== null && isUnsetClock(nearest) ? null : nearest
}

/** Folders of a path from the outermost in, without those that are people's names. */
function foldersOf(path: string): string[] {
  const folders = path.split(/[/\\]+/u).slice(0, -1)
  const homes = folders[1] === 'var' ? 2 : 1
  const isHome = /^(?:home|users|documents and settings)$/iu.test(folders[homes] ?? '')
  return isHome ? folders.slice(homes + 2) : folders
}

/** What a folder directly inside one of a year or a month adds to it. */
function partOf(above: WallTime, name: string): WallTime | null {
  const year = Number(above.local.slice(0, 4))
  const number = /^\d{2}$/u.test(name) ? Number(name) : null
  if (above.precision === 'month') {
    const month = Number(above.local.slice(5, 7))
    return number === null || number === 0 ? null : namedDate([year, month, number])
  }
  if (above.precision !== 'year') return null
  if (number !== null) return number === 0 ? null : namedDate([year, number, 0])
  const named = monthAlone(name)
  return named && namedDate([year, named.month, named.day])
}
