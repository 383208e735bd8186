import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CallInput } from '../../../electron/core/contract/contract.ts'
import { api } from '../api.ts'
import { counted, t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'

export type Verdict = CallInput<'decide'>['verdict']
export type LabelChoice =
  { readonly term: string; readonly name: string } | { readonly term: null; readonly name: string }

const topic = 'decision'
/** One call decides on no more photos than this. */
const mostPhotos = 200_000

/** Confirming, removing and adding labels, each with a way back. */
export const useDecisions = defineStore('decisions', () => {
  const { attempt, show } = useToasts()
  /** Grows with every decision and every one taken back. */
  const made = ref(0)

  /** @param steps More than one for a decision that took several calls. */
  async function undo(steps = 1): Promise<void> {
    for (let step = 0; step < steps; step++) {
      if ((await attempt(api.undo(), topic)) === null) return
    }
    made.value++
    show(t('decision.undone'), { topic, action: { label: t('decision.redo'), run: () => void redo(steps) } })
  }

  async function redo(steps = 1): Promise<void> {
    for (let step = 0; step < steps; step++) {
      if ((await attempt(api.redo(), topic)) === null) return
    }
    offerUndo(t('decision.redone'), steps)
  }

  /** Says what was done, with a way back: of the last decision, or of whatever else `undo` takes back. */
  function offerUndo(said: string, steps = 1): void {
    made.value++
    show(said, { topic, action: { label: t('decision.undo'), run: () => void undo(steps) } })
  }

  async function decide(photoIds: readonly number[], verdict: Verdict, label: LabelChoice): Promise<boolean> {
    let changed = 0
    /** Calls that changed something: each is one step of the history. */
    let steps = 0
    for (let from = 0; from < photoIds.length; from += mostPhotos) {
      const done = await attempt(
        api.decide({
          photoIds: photoIds.slice(from, from + mostPhotos),
          verdict,
          label: label.term === null ? { kind: 'own', name: label.name } : { kind: 'term', term: label.term },
        }),
        topic,
      )
      if (done === null) return false
      changed += done.changed
      if (done.changed > 0) steps++
    }
    if (steps === 0) {
      show(t('decision.unchanged', { label: label.name }), { topic })
      return true
    }
    offerUndo(counted(`decision.${verdict}`, changed, { label: label.name }), steps)
    return true
  }

  /** Onto the name of another label of one's own: the two become one. */
  async function rename(term: string, from: string, to: string): Promise<boolean> {
    const done = await attempt(api.renameOwnLabel({ term, name: to }), topic)
    if (done === null) return false
    offerUndo(done.merged ? t('label.merged', { from, to }) : t('label.renamed', { from, to }))
    return true
  }

  /** Takes a label of one's own off all photos and forgets it. */
  async function removeLabel(term: string, label: string): Promise<void> {
    const done = await attempt(api.removeOwnLabel({ term }), topic)
    if (done === null) return
    offerUndo(t('label.deleted', { label }))
  }

  return { made, decide, rename, removeLabel, offerUndo, undo, redo }
})
