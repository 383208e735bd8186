import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSearch } from '../search/search.ts'
import { createSelection, rangeBetween } from './selection-model.ts'

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
  const clear = () => {
    model.clear()
    changed()
  }
  watch(() => search.search.text, clear)

  return {
    size,
    changes,
    has: (id: number) => model.ids.has(id),
    ids: () => [...model.ids],
    anchor: () => model.anchor,
    clear,
    only: (index: number, id: number) => {
      model.only(index, id)
      changed()
    },
    toggle: (index: number, id: number) => {
      model.toggle(index, id)
      changed()
    },
    forget: (ids: readonly number[]) => {
      model.forget(ids)
      changed()
    },
    extendTo: async (index: number) => {
      const { first, end } = rangeBetween(model.anchor, index)
      const ids = await list.idsBetween(first, end)
      if (ids === null) return
      model.extend(ids)
      changed()
    },
    addBetween: async (first: number, end: number) => {
      const ids = await list.idsBetween(first, end)
      if (ids === null) return
      model.add(ids)
      changed()
    },
  }
})
