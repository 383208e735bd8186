import { useDebounceFn } from '@vueuse/core'
import { nextTick, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

/** How long a hand must rest before what it chose is looked at, in milliseconds. */
const rest = 120

export interface Preview<Answer> {
  readonly answer: Readonly<ShallowRef<Answer | null>>
  readonly asking: Readonly<ShallowRef<boolean>>
  /**
   * The answer to what stands there now, looked at without a rest and waited for: for whoever presses Enter at once. `null`:
   * there is nothing to show, or it was changed or left meanwhile.
   */
  readonly now: () => Promise<Answer | null>
}

/**
 * What a change would do, asked anew whenever what it is made from has stood still. An answer to what is no longer asked
 * is dropped.
 * @param made reads all that the change is made from
 * @param ask `null`: there is nothing to show
 */
export function usePreview<Made, Answer>(
  made: () => Made,
  ask: (made: Made) => Promise<Answer | null>,
): Preview<Answer> {
  const answer = shallowRef<Answer | null>(null)
  const asking = shallowRef(true)
  let turns = 0
  /** The turn that was looked at last, and its answer on the way. */
  let looked = 0
  let coming: Promise<void> = Promise.resolve()

  async function take(turn: number): Promise<void> {
    const next = await ask(made())
    if (turn !== turns) return
    answer.value = next
    asking.value = false
  }
  function look(turn: number): Promise<void> {
    if (turn === turns && turn !== looked) {
      looked = turn
      coming = take(turn)
    }
    return coming
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
  onScopeDispose(() => (turns += 1))

  async function now(): Promise<Answer | null> {
    // What was entered a moment ago is noticed first.
    await nextTick()
    const turn = turns
    await look(turn)
    return turn === turns ? answer.value : null
  }
  return { answer, asking, now }
}
