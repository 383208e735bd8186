import { shallowRef, watch, type Ref } from 'vue'
import type { Failure } from '../../../electron/core/contract/failure.ts'
import type { HeatMap } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'

/** Milliseconds. Passing over a list of tags must not start a map for each of them. */
const restBefore = 40

/** The map of where `term` was seen on photo `id`; asked for when the pointer or the focus rests on a tag. */
export function useHeatMap(id: Ref<number | null>, term: Ref<string | null>) {
  const map = shallowRef<HeatMap | null>(null)
  /** Why there is no map of what was asked for. */
  const trouble = shallowRef<Failure | null>(null)
  const known = new Map<string, HeatMap>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(photo: number, asked: string, mine: number): Promise<void> {
    const answer = await api.getHeatMap({ id: photo, term: asked })
    if (answer.ok && photo === id.value) known.set(asked, answer.value)
    if (mine !== turn) return
    if (answer.ok) map.value = answer.value
    else trouble.value = answer.error
  }

  watch(id, () => {
    known.clear()
  })
  watch([id, term], ([photo, asked]) => {
    const mine = ++turn
    clearTimeout(timer)
    trouble.value = null
    map.value = asked === null ? null : (known.get(asked) ?? null)
    if (photo === null || asked === null || map.value !== null) return
    timer = setTimeout(() => void ask(photo, asked, mine), restBefore)
  })

  return { map, trouble }
}
