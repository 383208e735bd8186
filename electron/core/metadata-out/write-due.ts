import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Language } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import { dropOthers, putSidecars } from '../library/files/files.ts'
import type { Library } from '../library/library.ts'
import { photoFiles } from '../library/photos/best-file.ts'
import { ensureFolder } from '../library/roots/folders.ts'
import { isTrustedFolder } from '../library/roots/trust.ts'
import { reading } from '../library/statements.ts'
import { childOf, osFromText, textFromOs } from '../paths/os-path.ts'
import { sidecarToWrite } from '../paths/sidecars.ts'
import { duePhotos, knownSidecar, postpone, settle, type Due } from './due.ts'
import { firstStatesIn, type KeepFirstState } from './first-states.ts'
import { photosIn } from './read-photos.ts'
import { sidecarValues, type SidecarValues } from './sidecar-values.ts'
import { writeSidecar, type FileState, type SidecarOutcome } from './write-sidecar.ts'

/** Photos between which others may end it. */
const atOnce = 50

/**
 * Writes the sidecars that are due beside the photos, until there are none or it is ended. What cannot be written waits.
 * @param onFailure told a sentence for each sidecar that could not be written
 * @throws KartotekaError as `write`
 */
export async function writeDueSidecars(
  library: Library,
  lexicon: Lexicon,
  language: Language,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (message: string) => void },
): Promise<void> {
  const keepFirstState = firstStatesIn(library.folder)
  const goesOn = (): boolean => library.db.open && !signal.aborted
  while (goesOn()) {
    const due = duePhotos(library, atOnce)
    if (due.length === 0) return
    const read = photosIn(library, lexicon, language)
    const namesIn = listings()
    for (const each of due) {
      if (!goesOn()) return
      await writeOne(each)
    }

    async function writeOne(each: Due): Promise<void> {
      const { photoId } = each
      const [photo, files] = reading(library, () => [read(photoId), photoFiles(library, photoId)])
      if (photo === null) {
        if (files.length === 0) settle(library, each)
        else postpone(library, each, 'offline')
        return
      }
      const values = sidecarValues(photo, 'decisions')
      let isAway = false
      let isFailed = false
      for (const { path, presence } of files) {
        if (presence === 'offline') isAway = true
        if (presence !== 'here') continue
        if (!isTrustedFolder(dirname(path))) {
          isAway = true
          continue
        }
        const outcome = await writeBeside(library, path, values, namesIn, keepFirstState)
        if (!('message' in outcome)) continue
        if (outcome.because === 'away') isAway = true
        else {
          isFailed = true
          onFailure(outcome.message)
        }
      }
      if (!library.db.open) return
      if (isFailed || isAway) postpone(library, each, isFailed ? 'failed' : 'offline')
      else settle(library, each)
    }
  }
}

type NamesIn = (folder: string) => Promise<string[]>

/** Names in folders, each listed once; what is written meanwhile is added by `writeBeside`. */
function listings(): NamesIn {
  const known = new Map<string, Promise<string[]>>()
  return (folder) => {
    const listed =
      known.get(folder) ??
      readdir(osFromText(folder), { encoding: 'buffer' }).then(
        (names) => names.map((name) => textFromOs(name)),
        () => [],
      )
    known.set(folder, listed)
    return listed
  }
}

async function writeBeside(
  library: Library,
  photoPath: string,
  values: SidecarValues,
  namesIn: NamesIn,
  keepFirstState: KeepFirstState,
): Promise<SidecarOutcome> {
  const folder = dirname(photoPath)
  const names = await namesIn(folder)
  const name = sidecarToWrite(basename(photoPath), names)
  const mode = await lstat(osFromText(photoPath)).then(
    (stats) => stats.mode & 0o666,
    () => 0o644,
  )
  const outcome = await writeSidecar(
    { path: childOf(folder, name), mode, isDurable: true },
    values,
    keepFirstState,
  )
  if ('message' in outcome || outcome.kind === 'unchanged') return outcome
  if (outcome.kind === 'written' && !names.includes(name)) names.push(name)
  if (outcome.kind === 'removed') names.splice(names.indexOf(name), 1)
  if (library.db.open) tellLibrary(library, folder, name, outcome)
  return outcome
}

/**
 * What was written tells nothing new, so a scan need not read the photo again. Where it was not as the last scan saw it,
 * another program wrote it since: that is for the next scan to find.
 */
function tellLibrary(
  library: Library,
  folder: string,
  name: string,
  { before, after }: { readonly before: FileState | null; readonly after: FileState | null },
): void {
  const known = knownSidecar(library, folder, name)
  const isAsScanned =
    known?.size === before?.size && known?.mtime === before?.mtime && known?.ctime === before?.ctime
  if (!isAsScanned) return
  if (after !== null) putSidecars(library, ensureFolder(library, folder), [{ name, ...after }])
  else if (known !== null) dropOthers(library, [known.id])
}
