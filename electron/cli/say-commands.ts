import { say } from '../core/library/decisions/person-facts.ts'
import type { CommonOptions } from './library-option.ts'
import { withWritableLibrary } from './open.ts'
import { counted, print, printJson } from './output.ts'
import { photosMeant } from './photos-meant.ts'

/** The commands that say something of photos, as the window does: `rate`, `hide`. What they did can be undone there. */

export interface RateOptions extends CommonOptions {
  /** `file`: as the file says. */
  readonly stars?: number | 'file'
  readonly favourite?: boolean
}

export interface HideOptions extends CommonOptions {
  readonly showAgain?: boolean
}

/** What these commands print with `--json`. */
interface SaidDocument {
  /** What was searched for; `null` when the photos were named by their paths. */
  readonly query: string | null
  /** Photos that were meant. */
  readonly photos: number
  /** For how many of them it is news. */
  readonly changed: Readonly<Partial<Record<'stars' | 'favourite' | 'hidden', number>>>
}

/** `kartoteka rate PHOTO…|QUERY --stars N [--favourite]` */
export async function rateCommand(args: readonly string[], options: RateOptions): Promise<void> {
  const { stars, favourite } = options
  const document = await withWritableLibrary(options, (library, lexicon): SaidDocument => {
    const { query, ids } = photosMeant(library, lexicon, args)
    return {
      query,
      photos: ids.length,
      changed: {
        ...(stars === undefined
          ? {}
          : { stars: say(library, ids, { field: 'rating', value: stars === 'file' ? null : stars }) }),
        ...(favourite === undefined
          ? {}
          : { favourite: say(library, ids, { field: 'favourite', value: favourite || null }) }),
      },
    }
  })
  await tell(document, options)
}

/** `kartoteka hide PHOTO…|QUERY [--show-again]` */
export async function hideCommand(args: readonly string[], options: HideOptions): Promise<void> {
  const again = options.showAgain === true
  const document = await withWritableLibrary(options, (library, lexicon): SaidDocument => {
    const { query, ids } = photosMeant(library, lexicon, args, again ? 'is:hidden' : '')
    return {
      query,
      photos: ids.length,
      changed: { hidden: say(library, ids, { field: 'hidden', value: again ? null : true }) },
    }
  })
  await tell(document, options)
}

const names = { stars: 'stars', favourite: 'favourite', hidden: 'hidden or shown' } as const

function tell(document: SaidDocument, options: CommonOptions): Promise<void> {
  if (options.json === true) return printJson(document)
  const { photos, changed } = document
  const news = Object.entries(changed).map(
    ([what, count]) => `${names[what as keyof typeof names]}: ${count}`,
  )
  return print(`${counted(photos, 'photo')} meant. Changed: ${news.join(', ')}.`)
}
