import { constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generateLibrary } from '../../electron/bench/generate-library.ts'
import type { Search } from '../../electron/core/contract/values.ts'
import { ancestorsIn } from '../../electron/core/labels/ancestors.ts'
import { loadLexicon } from '../../electron/core/labels/lexicon.ts'
import { decide } from '../../electron/core/library/decisions/decisions.ts'
import { libraryFile } from '../../electron/core/library/upkeep/library-files.ts'
import { setPresence } from '../../electron/core/library/files/files.ts'
import { write, type Library } from '../../electron/core/library/library.ts'
import { ownTerm } from '../../electron/core/library/decisions/own-labels.ts'
import { refreshPhotos } from '../../electron/core/library/photos/refresh.ts'
import { reading, type Reader } from '../../electron/core/library/statements.ts'
import { closeLibrary, openLibrary, openReader } from '../../electron/core/library/upkeep/open.ts'
import { complete } from '../../electron/core/search/complete.ts'
import { keepPrepared, prepareSearches } from '../../electron/core/search/prepare.ts'
import { readQuery } from '../../electron/core/search/language/read-query.ts'
import { planOf } from '../../electron/core/search/engine/plan.ts'
import { partsOf, searchPage } from '../../electron/core/search/search.ts'
import { sessionOf } from '../../electron/core/search/session.ts'
import { randomFrom } from './mutations.ts'
import { oddStrings } from './odd-strings.ts'

/**
 * Holds the search to this: no string of any Unicode makes parsing, searching or completing throw or take longer than
 * 50 ms.
 *
 *   node tests/fuzz/any-text.ts [--photos N | --library DIR] [--count N] [--seed S] [--cold]
 *
 * `--photos` makes a library of so many made-up photos (default 200) in a temporary folder; of `--library` a copy is
 * used. Every string is asked for in two states of the library: right after a change (a decision on some photos, some
 * photos lost and found again), with all that searching prepares in idle time prepared; and, with `--cold` or in a
 * library small enough to be ready at once, as the first thing after opening. In a large one the first strings are also
 * asked for after decisions on a thousand photos all over it. Times are processor time of the thread:
 * what else the machine does is not in them, nor is waiting for the disk. What takes longer than the limit is tried
 * again alone, twice, and its fastest time counts. Prints JSON; exits 1 when
 * something threw or was too slow after a change (cold: only in a small library).
 */
export interface AnyTextReport {
  readonly photos: number
  readonly seed: number
  readonly strings: number
  /** Milliseconds by state and by what was asked. */
  readonly times: Readonly<
    Record<string, { readonly p50: number; readonly p95: number; readonly max: number }>
  >
  readonly slowest: readonly { readonly what: string; readonly text: string; readonly ms: number }[]
  /** Megabytes of the process's memory after it all. */
  readonly memoryMB: number
  readonly faults: readonly string[]
}

const millisecondsAtMost = 50
/** A library of at most so many photos is held to the limit as the first thing after opening, too. */
const smallLibrary = 20_000
/** Strings that are asked for after a thousand decisions each: making these takes longer than asking. */
const mostAfterDecisions = 16
/** Milliseconds between two such, in which the search thread would bring up to date what it prepared: people take longer. */
const idleTime = 1500
const page = 100
const lexicon = loadLexicon()
const ancestorsOf = ancestorsIn(lexicon)

interface Ask {
  readonly what: string
  readonly run: (reader: Reader, text: string) => void
}

const searched = (text: string, sort: Search['sort']): Search => ({
  text,
  sort,
  minConfidence: null,
  language: 'en',
})

const asks: readonly Ask[] = [
  {
    what: 'parsing',
    run: (reader, text) => {
      reading(reader, () => {
        const session = sessionOf(reader, lexicon)
        const { vocabulary, library } = session
        partsOf(session, planOf(readQuery(text, vocabulary), null, vocabulary, library), {
          ...searched(text, 'auto'),
          language: 'ru',
        })
      })
    },
  },
  ...(['confidence', 'date'] as const).map((sort) => ({
    what: `first page by ${sort}`,
    run: (reader: Reader, text: string) => {
      searchPage(reader, lexicon, searched(text, sort), page)
    },
  })),
  {
    what: 'completion',
    run: (reader, text) => {
      complete(reader, lexicon, { text, caret: text.length, language: 'en' })
    },
  },
]

interface Timed {
  readonly what: string
  readonly text: string
  readonly ms: number
}

/** A state of the library in which a string is asked for. */
interface State {
  readonly name: string
  readonly isHeld: boolean
  /** Runs `work` in the library in this state. */
  readonly within: (work: (reader: Reader) => void) => void | Promise<void>
}

async function tryAll(strings: readonly string[], state: State, faults: string[]): Promise<Timed[]> {
  const times: Timed[] = []
  for (const text of strings)
    for (const ask of asks) {
      const once = (): Promise<number> => timeOf(text, ask, state, faults)
      let ms = await once()
      for (let again = 0; again < 2 && ms > millisecondsAtMost; again += 1) ms = Math.min(ms, await once())
      times.push({ what: `${state.name}: ${ask.what}`, text, ms })
      if (ms > millisecondsAtMost && state.isHeld)
        faults.push(`${state.name}: ${ask.what} of ${told(text)} took ${ms.toFixed(0)} ms`)
    }
  return times
}

/** Of this thread. That of the process is asked for first: only then Linux brings the thread's up to date. */
function processorTime(before?: NodeJS.CpuUsage): NodeJS.CpuUsage {
  process.cpuUsage()
  return process.threadCpuUsage(before)
}

async function timeOf(
  text: string,
  { what, run }: Ask,
  { within }: State,
  faults: string[],
): Promise<number> {
  let ms = 0
  await within((reader) => {
    const start = processorTime()
    try {
      run(reader, text)
    } catch (error) {
      faults.push(`${what} of ${told(text)} threw ${String(error)}`)
    }
    const { user, system } = processorTime(start)
    ms = (user + system) / 1000
  })
  return ms
}

const told = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}… (${text.length})` : text)

/** What the generator leaves out: keywords, own labels, decisions, a photo without labels, a copy. */
function enliven(library: Library): void {
  write(library, () => {
    const { db } = library
    const first = db.prepare<[], { id: number }>('SELECT id FROM photo ORDER BY id LIMIT 40').all()
    const ids = first.map(({ id }) => id)
    decide(library, ids.slice(0, 10), ownTerm(library, 'Grandma Ольга'), 'added')
    decide(library, ids.slice(5, 15), 151, 'confirmed')
    db.prepare('UPDATE photo SET keywords = \'["beach","dog"]\' WHERE id = ?').run(ids[20])
    db.prepare('UPDATE file SET photo_id = ? WHERE photo_id = ?').run(ids[21], ids[22])
    for (const table of ['tag', 'classification'])
      db.prepare(`DELETE FROM ${table} WHERE photo_id = ?`).run(ids[23])
    refreshPhotos(library, ids)
  })
}

/** A change as people and the run make them: some photos are decided about, files are lost or found again. */
function changer(library: Library, random: () => number): () => void {
  const highest = library.db.prepare<[], { id: number }>('SELECT max(id) AS id FROM photo').get()?.id ?? 1
  const filesOf = library.db.prepare<[number], number>('SELECT id FROM file WHERE photo_id = ?').pluck()
  let lost: readonly number[] = []
  return () => {
    const first = 1 + Math.floor(random() * Math.max(1, highest - 60))
    const isThere = library.db.prepare<[number]>('SELECT id FROM photo WHERE id = ?')
    const some = Array.from({ length: 50 }, (_, at) => first + at).filter(
      (id) => isThere.get(id) !== undefined,
    )
    if (some.length > 3) decide(library, some.slice(0, 3), 151, random() < 0.5 ? 'confirmed' : 'clear')
    if (lost.length > 0) setPresence(library, lost, 'here')
    lost = lost.length > 0 ? [] : some.flatMap((id) => filesOf.all(id))
    if (lost.length > 0) setPresence(library, lost, 'missing')
  }
}

/** Decisions on a thousand photos all over the library, each time others: what people do to all that a search found. */
function decider(library: Library, random: () => number): () => void {
  const highest = library.db.prepare<[], { id: number }>('SELECT max(id) AS id FROM photo').get()?.id ?? 1
  let isConfirming = false
  return () => {
    isConfirming = !isConfirming
    const ids = Array.from({ length: 1000 }, () => 1 + Math.floor(random() * highest))
    decide(library, ids, 151, isConfirming ? 'confirmed' : 'removed')
  }
}

function summaryOf(times: readonly Timed[]): AnyTextReport['times'] {
  const whats = [...new Set(times.map(({ what }) => what))]
  return Object.fromEntries(
    whats.map((what) => {
      const sorted = times.filter((time) => time.what === what).map(({ ms }) => ms)
      sorted.sort((a, b) => a - b)
      const at = (share: number): number =>
        Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
      return [what, { p50: at(0.5), p95: at(0.95), max: at(1) }]
    }),
  )
}

interface Options {
  readonly photos: number
  /** An existing library, of which a copy is used. */
  readonly library?: string
  readonly count: number
  readonly seed: number
  readonly cold: boolean
}

/** Asks the library for `count` strings in every state. */
export async function fuzzText({
  photos,
  library: given,
  count,
  seed,
  cold,
}: Options): Promise<AnyTextReport> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-text-')))
  const folder = join(scratch, 'library')
  const faults: string[] = []
  try {
    if (given === undefined) await generateLibrary(folder, { photos })
    else copyLibrary(given, folder)
    const library = openLibrary(folder, { mode: 'write', ancestorsOf })
    const reader = openReader(folder)
    try {
      if (given === undefined) enliven(library)
      for (const _ of prepareSearches(reader, lexicon));
      const strings = oddStrings(count, randomFrom(seed))
      const size =
        library.db.prepare<[], { count: number }>('SELECT count(*) AS count FROM photo').get()?.count ?? 0
      const change = changer(library, randomFrom(seed + 1))
      const decideEverywhere = decider(library, randomFrom(seed + 2))
      const changed = await tryAll(
        strings,
        {
          name: 'after a change',
          isHeld: true,
          within: (work) => {
            change()
            work(reader)
          },
        },
        faults,
      )
      const decided =
        size <= smallLibrary
          ? []
          : await tryAll(
              strings.slice(0, mostAfterDecisions),
              {
                name: 'after 1,000 decisions',
                isHeld: true,
                within: async (work) => {
                  await wait(idleTime)
                  for (const _ of keepPrepared(reader, lexicon));
                  decideEverywhere()
                  work(reader)
                },
              },
              faults,
            )
      const opened =
        cold || size <= smallLibrary
          ? await tryAll(
              strings,
              { name: 'just opened', isHeld: size <= smallLibrary, within: justOpened(folder) },
              faults,
            )
          : []
      const times = [...changed, ...decided, ...opened]
      return {
        photos: size,
        seed,
        strings: strings.length,
        times: summaryOf(times),
        slowest: times
          .toSorted((a, b) => b.ms - a.ms)
          .slice(0, 10)
          .map(({ what, text, ms }) => ({ what, text: told(text), ms: Number(ms.toFixed(1)) })),
        memoryMB: Math.round(process.memoryUsage().rss / 2 ** 20),
        faults,
      }
    } finally {
      reader.close()
      closeLibrary(library)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const justOpened =
  (folder: string): State['within'] =>
  (work) => {
    const reader = openReader(folder)
    try {
      work(reader)
    } finally {
      reader.close()
    }
  }

/** Without its thumbnails, which are no part of searching. */
function copyLibrary(from: string, to: string): void {
  mkdirSync(to)
  for (const ending of ['', '-wal'])
    if (existsSync(libraryFile(from) + ending))
      copyFileSync(libraryFile(from) + ending, libraryFile(to) + ending, constants.COPYFILE_FICLONE)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      photos: { type: 'string', default: '200' },
      library: { type: 'string' },
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      cold: { type: 'boolean', default: false },
    },
  })
  const report = await fuzzText({
    photos: Number(values.photos),
    ...(values.library === undefined ? {} : { library: values.library }),
    count: Number(values.count),
    seed: Number(values.seed),
    cold: values.cold,
  })
  console.log(JSON.stringify(report, null, 2))
  process.exitCode = report.faults.length > 0 ? 1 : 0
}
