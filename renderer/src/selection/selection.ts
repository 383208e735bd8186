import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSearch } from '../search/search.ts'
import { createSelection, type Anchor, type Taking } from './selection-model.ts'

/** What was selected once, and the question on whose wall. */
export interface KeptSelection {
  readonly question: string
  readonly ids: readonly number[]
  readonly anchor: Anchor | null
}

/** The selected photos of the wall. */
export const useSelection = defineStore('selection', () => {
  const list = usePhotoList()
  const search = useSearch()
  const model = createSelection()
  const size = ref(0)
  /** Grows with every change, for what shows the selection. */
  const changes = ref(0)

  const changed = () => {
    size.value = model.ids.size
    changes.value++
  }
  /** Grows when what was asked for before is taken back: photos that come for it after that are not selected any more. */
  let era = 0
  const clear = () => {
    era++
    model.clear()
    changed()
  }
  watch(() => search.search.text, clear)

  /**
   * Only what the list shows can be decided on: photos that leave it, because the cut-off was raised or because of what
   * happened to them, leave the selection too.
   */
  let pruning: Promise<void> = Promise.resolve()
  let prunes = 0
  async function prune(): Promise<void> {
    const mine = ++prunes
    const listed = await list.idsBetween(0, list.total)
    if (listed === null || mine !== prunes) return
    const shown = new Set(listed)
    const gone = [...model.ids].filter((id) => !shown.has(id))
    if (base !== null) base = new Set([...base].filter((id) => shown.has(id)))
    if (gone.length === 0) return
    model.forget(gone)
    changed()
  }
  watch(
    () => search.summary,
    () => {
      if (model.ids.size > 0) pruning = prune()
    },
  )

  /** Photos that are not known yet are on their way into the selection: whoever asks for it next means them too. */
  let settling: Promise<unknown> = Promise.resolve()
  let unsettled = 0
  function awaitBeforeOthers(made: Promise<unknown>): void {
    unsettled++
    const ended = made.then(
      () => unsettled--,
      () => unsettled--,
    )
    settling = Promise.allSettled([settling, ended])
  }
  /** Changes are made in the order they were asked for: at once, or after those that wait for their photos. */
  const inOrder = <Value>(change: (isMeant: () => boolean) => Promise<Value>): Promise<Value> => {
    const mine = era
    const isMeant = () => mine === era
    const made = unsettled === 0 ? change(isMeant) : settling.then(() => change(isMeant))
    awaitBeforeOthers(made)
    return made
  }

  async function pick(index: number, how: 'only' | 'toggle', isMeant: () => boolean): Promise<void> {
    const id = list.at(index)?.id ?? (await list.idsBetween(index, index + 1))?.[0]
    if (id === undefined || !isMeant()) return
    model[how](index, id)
    changed()
  }
  async function extendTo(index: number, isMeant: () => boolean): Promise<void> {
    const { anchor } = model
    const id = list.at(index)?.id ?? (await list.idsBetween(index, index + 1))?.[0]
    if (id === undefined || !isMeant()) return
    const ids = await list.idsFromTo(anchor ?? { index, id }, { index, id })
    if (ids === null || !isMeant()) return
    model.extend(ids)
    changed()
  }
  async function addBetween(first: number, end: number, isMeant: () => boolean): Promise<void> {
    const ids = await list.idsBetween(first, end)
    if (ids === null || !isMeant()) return
    model.add(ids)
    changed()
  }
  async function toggleBetween(
    first: number,
    end: number,
    isMeant: () => boolean,
  ): Promise<readonly number[] | null> {
    const ids = await list.idsBetween(first, end)
    if (ids === null || !isMeant()) return null
    if (ids.every((id) => model.ids.has(id))) model.forget(ids)
    else model.add(ids)
    changed()
    return ids
  }

  /** What was selected before a box was begun on the wall. */
  let base: ReadonlySet<number> | null = null
  let taking = 0
  async function takeRuns(
    runs: readonly { readonly first: number; readonly end: number }[],
    how: Taking,
  ): Promise<void> {
    const mine = ++taking
    const before = base
    const of = era
    const [from] = runs
    const to = runs.at(-1)
    const ids = from === undefined || to === undefined ? [] : await list.idsBetween(from.first, to.end)
    if (ids === null || before === null || mine !== taking || of !== era) return
    const taken = runs.flatMap(({ first, end }) =>
      ids.slice(first - (from?.first ?? 0), end - (from?.first ?? 0)),
    )
    model.take(before, taken, how)
    changed()
  }

  return {
    size,
    /** Photos that nobody knows yet are on their way into it. */
    isSettling: () => unsettled > 0,
    changes,
    has: (id: number) => model.ids.has(id),
    /** The selected photos, all of which the list shows. */
    ids: async (): Promise<readonly number[]> => {
      await settling
      await pruning
      return [...model.ids]
    },
    anchor: () => model.anchor,
    /** The only selected photo, where it stands in memory. */
    photo: () => {
      void changes.value
      const { anchor } = model
      const photo = model.ids.size !== 1 || anchor === null ? null : list.at(anchor.index)
      return photo !== null && model.ids.has(photo.id) ? photo : null
    },
    clear,
    keep: (): KeptSelection => ({ question: search.search.text, ids: [...model.ids], anchor: model.anchor }),
    /** Selects as it was then, if that wall is the one on the screen. Where nothing was selected all stays as it is. */
    restore: ({ question, ids, anchor }: KeptSelection) => {
      if (ids.length === 0 || question !== search.search.text) return
      // A list that was asked for before does not know of photos that are back; the next one lets go of those that are not.
      prunes++
      era++
      model.restore(ids, anchor)
      changed()
    },
    /** Selects this photo alone, or changes its side: at once, or when it is known which photo it is. */
    pick: (index: number, how: 'only' | 'toggle') => inOrder((isMeant) => pick(index, how, isMeant)),
    forget: (ids: readonly number[]) => {
      model.forget(ids)
      changed()
    },
    extendTo: (index: number) => inOrder((isMeant) => extendTo(index, isMeant)),
    beginRuns: () => {
      base = new Set(model.ids)
    },
    /** The photos of a box that is being drawn; the latest box counts. */
    takeRuns: (...box: Parameters<typeof takeRuns>): Promise<void> => {
      const taken = takeRuns(...box)
      awaitBeforeOthers(taken)
      return taken
    },
    takeBackRuns: () => {
      taking++
      model.take(base ?? new Set(), [], 'add')
      changed()
    },
    endRuns: () => {
      base = null
    },
    addBetween: (first: number, end: number) => inOrder((isMeant) => addBetween(first, end, isMeant)),
    /** Adds these photos, or lets go of them where all of them are selected. @returns them, if that was done */
    toggleBetween: (first: number, end: number) => inOrder((isMeant) => toggleBetween(first, end, isMeant)),
  }
})
