import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { DuplicateGroup } from '../../../electron/core/contract/duplicates.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useRefresh } from '../app/refresh.ts'
import { moveToTrash } from '../controls/move-to-trash.ts'
import { counted, language, t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { putTogether } from '../wall/stacks.ts'

/** Groups on the page at a time: those that follow come up as these are decided. */
const mostGroups = 100

/** Photos that are one picture, and what is decided of them. */
export const useDuplicates = defineStore('duplicates', () => {
  const { attempt } = useToasts()
  const decisions = useDecisions()
  /** `null` until the photos were compared. */
  const groups = shallowRef<readonly DuplicateGroup[] | null>(null)
  const total = ref(0)
  /** Photos that were not compared with all others yet. */
  const left = ref(0)
  const ask = latest(() => attempt(api.getDuplicates({ language: language.value, limit: mostGroups })))

  async function load(): Promise<void> {
    const answer = await ask()
    if (answer === null) return
    groups.value = answer.groups
    total.value = answer.total
    left.value = answer.left
  }
  useRefresh().follow(async (changed) => {
    if (groups.value !== null && changed.has('duplicates')) await load()
  })
  // What was decided, also by undo and redo.
  watch(
    () => [decisions.made, language.value],
    () => {
      if (groups.value !== null) void load()
    },
  )

  return {
    groups,
    total,
    left,
    load,
    /** Hides the other photos of a group; they give what is known of them to the one that is kept. */
    keep: (group: DuplicateGroup, photoId: number) =>
      decisions.undoable(async () => {
        const others = group.photos.map(({ photo }) => photo.id).filter((id) => id !== photoId)
        const done = await attempt(api.keepOne({ photoId, others }), 'decision')
        return done && { said: counted('duplicates.done', done.changed) }
      }),
    /**
     * Moves the files of the others to the system's trash, which asks with their paths. What was said of them goes to the one that
     * is kept, whose files stay.
     */
    trash: async (group: DuplicateGroup, photoId: number): Promise<boolean> => {
      const others = group.photos.map(({ photo }) => photo.id).filter((id) => id !== photoId)
      const gone = await moveToTrash(others)
      if (gone.length === 0) return false
      return decisions.undoable(async () => {
        const done = await attempt(api.keepOne({ photoId, others: [...gone] }), 'decision')
        return done && { said: counted('batch.trashed', gone.length) }
      })
    },
    /** One photo of a group is in front of the others, which stay with it. */
    stack: (group: DuplicateGroup, photoId: number) =>
      putTogether(
        group.photos.map(({ photo }) => photo.id),
        photoId,
      ),
    /** The photos of a group are not one picture, for ever. */
    distinguish: (group: DuplicateGroup) =>
      decisions.undoable(async () => {
        const done = await attempt(
          api.sayDistinct({ photoIds: group.photos.map(({ photo }) => photo.id) }),
          'decision',
        )
        return done && { said: t('duplicates.distinctDone') }
      }),
  }
})
