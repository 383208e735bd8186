import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Failure } from '../../../electron/core/contract/failure.ts'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { useScreens, type AskedFolder, type MovedFolder } from '../app/screens.ts'
import { counted, t } from '../i18n/words.ts'
import { shownPath } from '../i18n/shown-path.ts'
import { useFirstFinds } from '../first-run/offer-finds.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useIndexing } from '../indexing/indexing.ts'
import { useToasts } from '../notices/toasts.ts'

/** A folder was refused for good, and not only until a question is answered. */
const isFinal = ({ failure }: { readonly failure: Failure }): boolean =>
  failure.code !== 'folder-unusual' && failure.code !== 'folder-moved'

/** Adding and removing folders. Nothing here ever touches a file. */
export const useFolders = defineStore('folders', () => {
  const { attempt, show, succeeds } = useToasts()
  const library = useLibrary()
  const screens = useScreens()
  const indexing = useIndexing()
  const decisions = useDecisions()
  const finds = useFirstFinds()
  /** On the first run folders are gathered first and added together. */
  const gathered = ref<string[]>([])

  const gather = (paths: readonly string[]) => {
    gathered.value = [...new Set([...gathered.value, ...paths])]
  }

  /** @param known what the person knows of these: that they are unusual ones, or copies of one that is away */
  async function addPaths(
    paths: readonly string[],
    known: { readonly sure?: true; readonly asCopies?: true } = {},
  ): Promise<boolean> {
    if (paths.length === 0) return false
    const isFirst = library.isEmpty === true
    const answer = await attempt(api.addFolders({ paths: [...paths], ...known }))
    if (answer === null) return false
    const moved = answer.refused.find(({ movedFrom }) => movedFrom !== undefined)
    if (moved?.movedFrom !== undefined) {
      // One question at a time: what else is asked about is added again after the answer.
      const others = answer.refused.filter((each) => each !== moved && !isFinal(each)).map(({ path }) => path)
      screens.open({ kind: 'moved-folder', moved: { path: moved.path, from: moved.movedFrom, others } })
    }
    const unusual = answer.refused.filter(({ failure }) => failure.code === 'folder-unusual')
    if (unusual.length > 0 && moved === undefined) {
      screens.open({
        kind: 'unusual-folders',
        folders: unusual.map(({ path, failure }) => ({ path, why: failure.message })),
      })
    }
    for (const { path, failure } of answer.refused.filter(isFinal))
      show(`${t('folders.refused', { path: shownPath(path) })} ${t(`failure.${failure.code}`)}`, {
        tone: 'error',
        detail: failure.message,
      })
    if (answer.added.length === 0) return false
    show(counted('folders.added', answer.added.length))
    if (isFirst) finds.begin()
    const [only] = answer.added
    await indexing.start(answer.added.length === 1 && only !== undefined ? only.id : null)
    return true
  }

  /** New folders: into the library, or onto the list of the first run. */
  function receive(paths: readonly string[]): void {
    if (library.isEmpty === true) gather(paths)
    else void addPaths(paths)
  }

  /** With the system's dialog where the shell has one, otherwise with our own. */
  async function add(): Promise<void> {
    if (library.shell?.chooseFolders !== true) {
      screens.open({ kind: 'browse' })
      return
    }
    const chosen = await attempt(api.chooseFolders())
    if (chosen !== null) receive(chosen)
  }

  function drop(files: readonly File[]): void {
    const paths = api.droppedFolders(files)
    if (paths.length > 0) receive(paths)
    else show(t('folders.dropNotHere'), { action: { label: t('folders.add'), run: () => void add() } })
  }

  /** Lets the folders that came with the library be looked into: this one, or all of them. */
  async function trust(id: number | null = null): Promise<void> {
    if (id === null) await library.loadRail()
    const ids = library.folders
      .filter((folder) => folder.root && folder.state === 'untrusted' && (id === null || folder.id === id))
      .map((folder) => folder.id)
    if (ids.length === 0) return
    await succeeds(api.trustFolders({ ids }))
    await library.load()
    await library.loadRail()
  }

  async function remove(id: number, keepTags: boolean): Promise<boolean> {
    const removed = await attempt(api.removeFolder({ id, keepTags }))
    if (removed === null) return false
    show(counted('folders.removed', removed.changed))
    return true
  }

  async function hideAway(id: number): Promise<boolean> {
    const hidden = await attempt(api.hideAway({ id }))
    if (hidden === null) return false
    decisions.offerUndo(counted('folders.hidden', hidden.changed))
    return true
  }

  /** The photos of a folder are in another one now. */
  async function relocate({ id, path: from }: AskedFolder, path: string): Promise<void> {
    const relocated = await attempt(api.relocateFolder({ id, path }))
    if (relocated === null) return
    show(t('folders.relocated', { from: shownPath(from), to: shownPath(relocated.path) }))
  }

  /** After the question whether a new folder is one that is away; `null`: neither it nor a copy of it. */
  async function answerMoved({ path, from, others }: MovedFolder, as: 'same' | 'copy' | null): Promise<void> {
    if (as === 'same') await relocate(from, path)
    else if (as === 'copy') await addPaths([path], { asCopies: true })
    await addPaths(others)
  }

  /** Asks for the folder that this one is now. */
  async function findMoved(folder: AskedFolder): Promise<void> {
    if (library.shell?.chooseFolders !== true) {
      screens.open({ kind: 'browse', movedFrom: folder })
      return
    }
    const [chosen] = (await attempt(api.chooseFolders())) ?? []
    if (chosen !== undefined) await relocate(folder, chosen)
  }

  /** After the question about unusual folders. */
  async function addUnusual(paths: readonly string[]): Promise<void> {
    if (await addPaths(paths, { sure: true })) gathered.value = []
  }

  async function start(): Promise<void> {
    if (await addPaths(gathered.value)) gathered.value = []
  }

  return {
    gathered,
    receive,
    add,
    drop,
    remove,
    hideAway,
    trust,
    addUnusual,
    relocate,
    answerMoved,
    findMoved,
    start,
  }
})
