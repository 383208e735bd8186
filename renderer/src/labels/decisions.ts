import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CallInput } from '../../../electron/core/contract/contract.ts'
import { api } from '../api.ts'
import { counted, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { newestActs, type DoneAct } from './done-acts.ts'
import { useSelection } from '../selection/selection.ts'

export type Verdict = CallInput<'decide'>['verdict']
export type LabelChoice =
  { readonly term: string; readonly name: string } | { readonly term: null; readonly name: string }

const topic = 'decision'
/** One call decides on no more photos than this. */
const mostPhotos = 200_000

/** Done before this window was opened. */
const unknownAct: DoneAct = { steps: 1, selection: null }
/** What was done, for the message that offers a way back. */
export interface Done {
  readonly said: string
  /** Default: 1. 0: nothing has changed, and there is no way back. */
  readonly steps?: number
}

/** Confirming, removing and adding labels, each with a way back. */
export const useDecisions = defineStore('decisions', () => {
  const { attempt, show } = useToasts()
  const selection = useSelection()
  /** Grows with every decision and every one taken back. */
  const made = ref(0)
  /** The acts of this window, the latest last, beside the history that the library keeps. */
  let done: DoneAct[] = []
  let undone: DoneAct[] = []

  /** Takes the latest act of one pile over to the other, as the library does; back again when that fails. */
  async function travel(
    from: DoneAct[],
    to: DoneAct[],
    call: () => ReturnType<typeof api.undo>,
  ): Promise<boolean> {
    const act = from.pop() ?? unknownAct
    for (let step = 0; step < act.steps; step++)
      if ((await attempt(call(), topic)) === null) {
        if (act !== unknownAct) from.push(act)
        return false
      }
    to.push(act)
    made.value++
    if (act.selection !== null) selection.restore(act.selection)
    return true
  }

  async function undo(): Promise<void> {
    if (await travel(done, undone, api.undo))
      show(t('decision.undone'), { topic, action: { label: t('decision.redo'), run: () => void redo() } })
  }

  async function redo(): Promise<void> {
    if (await travel(undone, done, api.redo)) sayDone(t('decision.redone'))
  }

  function sayDone(said: string): void {
    show(said, { topic, action: { label: t('decision.undo'), run: () => void undo() } })
  }

  /** Says what was done, with a way back: of the last decision, or of whatever else `undo` takes back. */
  function offerUndo(said: string, steps = 1, kept = selection.keep()): void {
    made.value++
    done = newestActs([...done, { steps, selection: kept }])
    undone = []
    sayDone(said)
  }

  /**
   * Does something that `undo` takes back, and says so; undo and redo bring the selection back as it is now, before
   * photos leave it because of what is done.
   * @param act gives `null` when it could not be done, and was said to be so
   */
  async function undoable(act: () => Promise<Done | null>): Promise<boolean> {
    const kept = selection.keep()
    const result = await act()
    if (result === null) return false
    if (result.steps === 0) show(result.said, { topic })
    else offerUndo(result.said, result.steps, kept)
    return true
  }

  async function decide(photoIds: readonly number[], verdict: Verdict, label: LabelChoice): Promise<boolean> {
    return undoable(async () => {
      let changed = 0
      /** Calls that changed something: each is one step of the history. */
      let steps = 0
      for (let from = 0; from < photoIds.length; from += mostPhotos) {
        const result = await attempt(
          api.decide({
            photoIds: photoIds.slice(from, from + mostPhotos),
            verdict,
            label:
              label.term === null ? { kind: 'own', name: label.name } : { kind: 'term', term: label.term },
          }),
          topic,
        )
        if (result === null) return null
        changed += result.changed
        if (result.changed > 0) steps++
      }
      const said =
        steps === 0
          ? t('decision.unchanged', { label: label.name })
          : counted(`decision.${verdict}`, changed, { label: label.name })
      return { said, steps }
    })
  }

  /** Onto the name of another label of one's own: the two become one. */
  async function rename(term: string, from: string, to: string): Promise<boolean> {
    const result = await attempt(api.renameOwnLabel({ term, name: to }), topic)
    if (result === null) return false
    offerUndo(result.merged ? t('label.merged', { from, to }) : t('label.renamed', { from, to }))
    return true
  }

  /** Takes a label of one's own off all photos and forgets it. */
  async function removeLabel(term: string, label: string): Promise<void> {
    if ((await attempt(api.removeOwnLabel({ term }), topic)) === null) return
    offerUndo(t('label.deleted', { label }))
  }

  return { made, decide, rename, removeLabel, offerUndo, undoable, undo, redo }
})
