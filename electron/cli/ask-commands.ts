import { knownPart } from '../core/contract/dates.ts'
import { mismatchedExtension } from '../core/contract/photo-formats.ts'
import type { PhotoDetails, QueryPart, Reason, Search } from '../core/contract/values.ts'
import { listProblems } from '../core/library/files/problems.ts'
import { fileDetails, photoDetails } from '../core/search/photo-details.ts'
import { searchResult } from '../core/search/search-result.ts'
import { labelsOf } from '../core/search/facets.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { fileNamed, isNumber, noPhoto } from './photo-argument.ts'
import { counted, percent, print, printable, printJson, table } from './output.ts'

/** The commands that only ask the library: `search`, `show`, `problems`, `labels`. */

const language = 'en'

export interface SearchOptions extends CommonOptions {
  readonly limit: number
  readonly offset: number
  readonly minConfidence?: number
  readonly sort: Search['sort']
}

/** `kartoteka search QUERY` */
export async function searchCommand(query: string, options: SearchOptions): Promise<void> {
  const result = await withLibrary(options, (library, lexicon) =>
    searchResult(
      library,
      lexicon,
      { text: query, sort: options.sort, minConfidence: options.minConfidence ?? null, language },
      { offset: options.offset, limit: options.limit },
    ),
  )
  if (options.json === true) return printJson(result)
  const understood = result.understood.map(({ meaning }) => meaning).join(', ')
  const rows = result.photos.map(({ id, path, confidence, because, takenAt, takenPrecision, tags }) => [
    id,
    percent(confidence),
    takenAt === null ? '' : knownPart(takenAt, takenPrecision),
    because.length > 0 ? [...new Set(because.map(told))].join(', ') : (tags[0]?.label ?? ''),
    path,
  ])
  const sought =
    understood === '' ? ': nothing was asked for, so these are all' : `: ${printable(understood)}`
  const total = counted(result.total, 'photo') + sought
  const found =
    rows.length === 0 ? total : `${table(['id', 'sure', 'taken', 'because', 'file'], rows)}\n\n${total}`
  return print([found, ...result.understood.flatMap(adviceOn)].join('\n'))
}

/** "folder Wedding Olga", "beach 83 %". */
function told({ kind, met, probability, guess }: Reason): string {
  if (guess === true) return `like ${met}`
  const isLabel = kind === 'label' || kind === 'category' || kind === 'own-label'
  return isLabel ? (probability === null ? met : `${met} ${percent(probability)}`) : `${kind} ${met}`
}

/** What to type instead of a part that nothing is known of. */
function adviceOn({ kind, text, nearest, setAside }: QueryPart): string[] {
  if (setAside) {
    const near = nearest.length > 0 ? ` Did you mean ${nearest.map((each) => each.text).join(', ')}?` : ''
    return [
      printable(`No photo has "${text}", so it was left out; "+${text}" asks for it all the same.${near}`),
    ]
  }
  if (kind !== 'unknown') return []
  const instead =
    nearest.length > 0
      ? `Did you mean ${nearest.map((near) => near.text).join(', ')}?`
      : '`kartoteka labels` lists what can be found.'
  return [printable(`"${text}" is not known. ${instead}`)]
}

/** Of a photo, or of a file that holds none. */
type Details = Omit<PhotoDetails, 'id'> & { readonly id: number | null }

/** `kartoteka show PATH|ID` */
export async function showCommand(photo: string, options: CommonOptions): Promise<void> {
  const details = await withLibrary(options, (library, lexicon) => {
    if (isNumber(photo)) return photoDetails(library, lexicon, Number(photo), language)
    const file = fileNamed(library, photo)
    if (file === null) return null
    const named = fileDetails(library, file.id)
    const held = file.photoId === null ? null : photoDetails(library, lexicon, file.photoId, language)
    return named === null || held === null ? named : ofFile(held, named)
  })
  if (details === null) {
    throw noPhoto(photo)
  }
  return options.json === true ? printJson({ ...details, note: noteOn(details) }) : print(facts(details))
}

/** A photo as the file that was named has it, if other files hold it as well. */
function ofFile(photo: PhotoDetails, file: Details): Details {
  const { path, name, folder, size, state, kind, reason } = file
  const others = photo.files.filter((each) => each.path !== path)
  return { ...photo, path, name, folder, size, state, kind, reason, files: [...file.files, ...others] }
}

/** That the name of a file says something else than its content, which decides. */
function noteOn({ name, format }: Details): string | null {
  const ending = mismatchedExtension(name, format)
  return ending === null
    ? null
    : `The name ends in .${ending}, but the content is ${format.toUpperCase()}. The content decides.`
}

/** "2019-07-14T18:03:22 +02:00", "1965". */
function takenTime({ takenAt, takenPrecision, takenOffset }: Details): string {
  if (takenAt === null) return ''
  return [knownPart(takenAt, takenPrecision), takenOffset].filter(Boolean).join(' ')
}

function facts(photo: Details): string {
  const { position } = photo
  const rows: [string, string][] = [
    ['file', photo.path],
    ['id', photo.id === null ? '' : String(photo.id)],
    ['state', photo.reason === null ? photo.state : `${photo.state}: ${photo.reason}`],
    ['size', `${photo.width} × ${photo.height}, ${photo.format}, ${photo.size} bytes`],
    ['note', noteOn(photo) ?? ''],
    ['taken', takenTime(photo)],
    ['place', [photo.place?.town, photo.place?.region, photo.place?.country].filter(Boolean).join(', ')],
    ['position', position === null ? '' : `${position.latitude}, ${position.longitude}`],
    ['camera', [photo.camera, photo.lens, photo.exposure].filter(Boolean).join(' · ')],
    ['keywords', photo.keywords.join(', ')],
    ['damaged', photo.damaged ?? ''],
    ...photo.tags.map(({ rank, label, probability, sure }): [string, string] => [
      `tag ${rank}`,
      `${percent(probability)}  ${label}${sure ? '' : ' (possibly)'}`,
    ]),
    ...photo.categories.map(({ label, probability }): [string, string] => [
      'category',
      `${percent(probability)}  ${label}`,
    ]),
    ...photo.decisions.map(({ label, verdict }): [string, string] => [verdict, label]),
    ...photo.files
      .slice(1)
      .map(({ path, presence }): [string, string] => [
        'file',
        presence === 'here' ? path : `${path} (${presence})`,
      ]),
  ]
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(10)}${printable(value)}`)
    .join('\n')
}

/** `kartoteka problems` */
export async function problemsCommand(options: CommonOptions): Promise<void> {
  const { problems } = await withLibrary(options, (library) =>
    listProblems(library, { offset: 0, limit: Number.MAX_SAFE_INTEGER }),
  )
  if (options.json === true)
    return printJson(problems.map(({ path, kind, reason }) => ({ path, kind, reason })))
  if (problems.length === 0) return print('No problems.')
  return print(
    table(
      ['kind', 'file', 'reason'],
      problems.map(({ path, kind, reason }) => [kind, path, reason]),
    ),
  )
}

/** `kartoteka labels [TEXT]` */
export async function labelsCommand(text: string, options: CommonOptions): Promise<void> {
  const facets = await withLibrary(options, (library, lexicon) =>
    labelsOf(library, lexicon, { text, language }),
  )
  if (options.json === true) return printJson(facets)
  if (facets.length === 0)
    return print(
      text === ''
        ? 'No photo has a sure label yet.'
        : `No label matches ${printable(text)}. \`kartoteka labels\` lists all that photos have.`,
    )
  return print(
    table(
      ['photos', 'label', 'kind', 'term'],
      facets.map(({ count, label, kind, term }) => [count, label, kind, term]),
    ),
  )
}
