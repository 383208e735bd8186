import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises'
import { revision, type Library } from '../library/library.ts'
import { prepare } from '../library/statements.ts'
import { emptyMirror, photosIn, settled, type Mirror } from './mirror.ts'
import { countChanges, noteChanges, takeChanges } from './mirror-changes.ts'
import { fillSteps, readAgain, readCopies, reorder, type Reflection } from './mirror-reading.ts'
import { createTexts, mostTexts } from './mirror-texts.ts'
import { wordSets, type WordSets } from './mirror-words.ts'
import { isMatched, readWritten, type Written } from './mirror-written.ts'
import { isReading, reading } from './reading.ts'

/** A library's mirror at its present revision. */
export interface KeptMirror {
  readonly mirror: Mirror
  /** The numbers of the formats. */
  readonly formats: ReadonlyMap<string, number>
  /** Photos on the wall, and perhaps others, whose words match an FTS5 expression. */
  readonly matching: (match: string) => Written
  /** Whether there is one on the wall; `null` when only the database can tell. */
  readonly isMatched: (match: string) => boolean | null
}

interface Keeper extends KeptMirror {
  readonly mirror: Reflection
  /** What matches at this revision. */
  readonly written: Map<string, Written>
  readonly words: WordSets
  /** Of the library when it was last up to date; `null` while it is being filled, and for good once that failed. */
  revision: number | null
}

const keepers = new WeakMap<Library, Keeper>()

/** In a library with higher ids than this no mirror is kept: it would take more than 200 MB. */
const mostPhotos = 3_000_000
/** Expressions of which it is remembered what they match, until the next change. */
const mostWritten = 32
/** Changed photos a search takes over before it answers: some fifty milliseconds. The database alone would take longer. */
const mostAtOnce = 5000
/** Changed photos that are taken over at a time while nobody is waiting. */
const mostIdle = 300
/** Milliseconds between two looks at whether anything changed. */
const lookEvery = 500

/**
 * Keeps a mirror of a library for its searches: filled in steps of some five milliseconds between which the event loop
 * goes on, at a million photos within some seconds, and kept up to date until the library is closed. Before it is
 * full, and in a library that is only read, searches ask the database instead and find the same.
 * @returns when the mirror is full; keeping it up to date goes on
 */
export async function keepMirror(library: Library): Promise<void> {
  if (library.mode === 'read' || keepers.has(library) || highestId(library) > mostPhotos) return
  const keeper = createKeeper(library)
  const { mirror } = keeper
  keepers.set(library, keeper)
  noteChanges(library)
  try {
    for (const _ of fillSteps(library, mirror)) {
      await pause()
      if (!library.db.open) return
    }
    await catchUp(library, keeper)
  } catch (error) {
    giveUp(keeper)
    throw error
  }
  void keepUp(library, keeper)
}

function createKeeper(library: Library): Keeper {
  const texts = createTexts(library)
  const mirror: Reflection = {
    ...emptyMirror(),
    formats: new Map(),
    texts,
    textCounts: new Uint32Array(mostTexts + 1),
    folderCounts: new Map(),
  }
  const words = wordSets(library)
  const written = new Map<string, Written>()
  return {
    mirror,
    written,
    formats: mirror.formats,
    words,
    matching: (match) => {
      const known =
        written.get(match) ?? readWritten(match, texts, (rest) => words.matching(rest, photosIn(mirror)))
      if (written.size >= mostWritten) written.clear()
      written.set(match, known)
      return known
    },
    isMatched: (match) => isMatched(match, mirror),
    revision: null,
  }
}

/** The mirror as the library is now; `null` when there is none, or it is too far behind. */
export function mirrorOf(library: Library, now: number): KeptMirror | null {
  const keeper = keepers.get(library)
  if (keeper === undefined || keeper.revision === null) return null
  if (keeper.revision === now) return keeper
  // What a transaction of somebody else has not yet committed must not get in.
  if (library.db.inTransaction && !isReading(library)) return null
  if (countChanges(library, mostAtOnce + 1) > mostAtOnce) return null
  try {
    takeOver(library, keeper, mostAtOnce + 1)
  } catch {
    // Part of it may be taken over already. The database itself will say what is wrong.
    giveUp(keeper)
    return null
  }
  keeper.revision = now
  return keeper
}

/** Takes over what has changed, a little at a time, until nothing is left; then settles what was taken over. */
async function catchUp(library: Library, keeper: Keeper): Promise<void> {
  for (let done = false; !done;) {
    done = reading(library, () => {
      takeOver(library, keeper, mostIdle)
      if (countChanges(library, 1) > 0) return false
      keeper.revision = revision(library)
      return true
    })
    await pause()
    if (!library.db.open) return
  }
  await settle(library, keeper)
}

/** Puts what changed among the postings of its block, one block after the other. */
async function settle(library: Library, { mirror }: Keeper): Promise<void> {
  for (let index = 0; index < mirror.blocks.length; index += 1) {
    const block = mirror.blocks[index]
    if (block === undefined || block.late === null) continue
    mirror.blocks[index] = settled(block)
    await pause()
    if (!library.db.open) return
  }
}

async function keepUp(library: Library, keeper: Keeper): Promise<void> {
  try {
    for (;;) {
      await wait(lookEvery, undefined, { ref: false })
      if (!library.db.open || keeper.revision === null) return
      if (keeper.revision !== revision(library)) await catchUp(library, keeper)
      else await settle(library, keeper)
    }
  } catch {
    giveUp(keeper)
  }
}

/** From now on the database is asked, as if there were no mirror. */
function giveUp(keeper: Keeper): void {
  keeper.revision = null
  keeper.mirror.blocks.length = 0
  keeper.mirror.order = new Int32Array(0)
  keeper.words.forgetAll()
}

function takeOver(library: Library, { mirror, words, written }: Keeper, limit: number): void {
  written.clear()
  const { photos, moved, contents } = takeChanges(library, limit)
  if (photos.length > 0) readAgain(library, mirror, photos)
  for (const content of contents) readCopies(library, mirror, content)
  reorder(library, mirror, moved)
  words.forget(photos)
}

function highestId(library: Library): number {
  return prepare<[], { id: number | null }>(library, 'SELECT max(id) AS id FROM photo').get()?.id ?? 0
}
