import * as v from 'valibot'
import { dateChange, type DateChange, type DatesPreview, type ShownDate } from '../core/contract/dating.ts'
import { knownPart } from '../core/contract/dates.ts'
import { changeDates, previewDates } from '../core/library/decisions/date-changes.ts'
import { flushDeferred } from '../core/library/decisions/deferred-index.ts'
import { localDay } from '../core/search/language/dates/calendar.ts'
import { typedMoment } from '../core/search/language/dates/typed-moment.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary, withWritableLibrary } from './open.ts'
import { print, printJson, table } from './output.ts'
import { photosMeant } from './photos-meant.ts'

export interface DateOptions extends CommonOptions {
  readonly set?: string
  readonly shift?: string
  readonly first?: string
  readonly zone?: string
  readonly from?: 'name' | 'folder' | 'file'
  readonly dryRun?: boolean
}

/** What `kartoteka date --json` prints. */
interface DateDocument extends Pick<DatesPreview, 'changed' | 'rows' | 'kept'> {
  /** Photos that were named or found. */
  readonly photos: number
  readonly dryRun: boolean
}

/** The change that the options ask for, or a sentence about what is wrong with them. */
export function readDateChange(options: DateOptions): DateChange | string {
  const ways = (['set', 'shift', 'first', 'zone', 'from'] as const).filter(
    (way) => options[way] !== undefined,
  )
  const [way] = ways
  if (way === undefined || ways.length > 1)
    return 'say what to do with one of --set, --shift, --first, --zone and --from'
  const change = changeOf(way, options)
  const { success, output } = v.safeParse(dateChange, change)
  return success ? output : `--${way} ${options[way] ?? ''} ${wrong[way]}`
}

const wrong = {
  set: 'is no date; write 1965, 1965-07, 1965-07-14 or "1965-07-14 18:03"',
  shift: 'is no length of time; write 3h12m or -1d2h30m10s',
  first: 'is no date with a time; write "1965-07-14 18:03"',
  zone: 'are no two zones; write +03:00..+01:00',
  from: 'is none of name, folder and file',
} as const

/** As `dateChange` has it where it can be read. */
function changeOf(way: keyof typeof wrong, { set, shift, first, zone, from }: DateOptions): unknown {
  switch (way) {
    case 'set':
      return { how: 'set', taken: dateIn(set ?? '') }
    case 'shift':
      return { how: 'shift', seconds: secondsIn(shift ?? '') }
    case 'first': {
      const date = dateIn(first ?? '')
      return date?.precision === 'second' ? { how: 'first', at: date.at } : null
    }
    case 'zone': {
      const [before, after] = (zone ?? '').split('..')
      return { how: 'zone', from: before, to: after }
    }
    case 'from':
      return from === 'file' ? { how: 'as-in-file' } : { how: 'name', of: from === 'name' ? 'file' : from }
  }
}

const dateIn = (text: string) =>
  typedMoment(text, { today: localDay(new Date()), southern: false, monthFirst: false })

/** `3h12m`, `-1d2h30m10s`; `null` for anything else. */
function secondsIn(text: string): number | null {
  const match = /^([+-]?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/u.exec(text.replaceAll(/\s/gu, ''))
  if (match === null || !/\d/u.test(text)) return null
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = match
  const size = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -size : size
}

/** `kartoteka date PHOTO… --set DATE | --shift TIME | --first DATE | --zone FROM..TO | --from WHERE` */
export async function dateCommand(
  named: readonly string[],
  change: DateChange,
  options: DateOptions,
): Promise<void> {
  const dryRun = options.dryRun === true
  const document = await (dryRun ? withLibrary : withWritableLibrary)(
    options,
    async (library, lexicon): Promise<DateDocument> => {
      const { ids } = photosMeant(library, lexicon, named)
      const { changed, rows, kept } = await previewDates(library, ids, change)
      if (!dryRun && changed > 0) {
        changeDates(library, ids, change)
        await flushDeferred(library)
      }
      return { photos: ids.length, dryRun, changed, rows, kept }
    },
  )
  await (options.json === true ? printJson(document) : print(sentences(document)))
}

const told = (date: ShownDate): string =>
  date === null ? 'no date' : [knownPart(date.at, date.precision), date.offset].filter(Boolean).join(' ')

const reasons = {
  same: 'have it already',
  undated: 'have no date',
  coarse: 'are known by year, month or day only',
  outside: 'would leave the years 1 to 9999',
  untold: 'have a name that tells no date',
  'other-zone': 'say themselves that their clock stood in another zone',
} as const

function sentences({ photos, changed, rows, kept, dryRun }: DateDocument): string {
  const lines =
    rows.length === 0
      ? []
      : [
          table(
            ['file', 'before', 'after'],
            rows.map(({ name, before, after }) => [name, told(before), told(after)]),
          ),
        ]
  if (changed > rows.length) lines.push(`… and ${changed - rows.length} more`)
  lines.push(`${changed} of ${photos} photos ${dryRun ? 'would get' : 'got'} another date.`)
  for (const { why, count, names } of kept)
    lines.push(`${count} ${reasons[why]}: ${names.join(', ')}${count > names.length ? ', …' : ''}`)
  return lines.join('\n')
}
