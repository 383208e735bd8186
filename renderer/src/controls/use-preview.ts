import { useDebounceFn } from '@vueuse/core'
import { shallowRef, watch, type ShallowRef } from 'vue'

/** How long a hand must rest before what it chose is looked at, in milliseconds. */
const rest = 120

/**
 * What a change would do, asked anew whenever what it is made from has stood still. An answer to what is no longer asked
 * is dropped.
 * @param made reads all that the change is made from
 * @param ask `null`: there is nothing to show
 */
export function usePreview<Made, Answer>(
  made: () => Made,
  ask: (made: Made) => Promise<Answer | null>,
): { readonly answer: Readonly<ShallowRef<Answer | null>>; readonly asking: Readonly<ShallowRef<boolean>> } {
  const answer = shallowRef<Answer | null>(null)
  const asking = shallowRef(true)
  let turns = 0

  async function look(turn: number): Promise<void> {
    if (turn !== turns) return
    const next = await ask(made())
    if (turn !== turns) return
    answer.value = next
    asking.value = false
  }
  const settle = useDebounceFn(look, rest)
  watch(
    made,
    () => {
      asking.value = true
      const turn = (turns += 1)
      // The first look need not wait.
      void (turn === 1 ? look(turn) : settle(turn))
    },
    { immediate: true, deep: true },
  )
  return { answer, asking }
}
