import { computed, ref, shallowRef, watch, type Ref } from 'vue'

/** Which photos of a row are picked, and on which of them the keys stand. */
export function useStripPicks(ids: Readonly<Ref<readonly number[]>>, first: readonly number[]) {
  const picked = shallowRef<ReadonlySet<number>>(new Set(first))
  const at = ref(0)
  /** What was placed is in the row no more. */
  watch(ids, (now) => {
    const left = new Set(now)
    picked.value = new Set([...picked.value].filter((id) => left.has(id)))
    at.value = Math.max(0, Math.min(at.value, now.length - 1))
  })
  function toggle(index: number): void {
    const id = ids.value[index]
    if (id === undefined) return
    at.value = index
    const next = new Set(picked.value)
    if (!next.delete(id)) next.add(id)
    picked.value = next
  }
  return {
    at,
    picked,
    toggle,
    isAll: computed(() => ids.value.length > 0 && picked.value.size === ids.value.length),
    pickAll: () => {
      picked.value = new Set(ids.value)
    },
    clear: () => {
      picked.value = new Set()
    },
    /** From the one that the keys stand on. */
    go: (steps: number) => {
      at.value = Math.max(0, Math.min(ids.value.length - 1, at.value + steps))
    },
  }
}
