import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Result } from '../../../electron/core/contract/failure.ts'
import { failureText } from '../i18n/words.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'error'
  /** A message takes the place of the one before it on the same topic: only the last decision can be undone. */
  readonly topic: string | null
  readonly action: { readonly label: string; readonly run: () => void } | null
}

const shownFor = 8000
/** A lost connection has a banner, a library that cannot be opened the whole screen. */
const toldElsewhere = /^(?:service-down|library-)/u

/** Short messages at the foot of the window that go away by themselves. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let nextId = 1

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  function show(text: string, more: Partial<Pick<Toast, 'tone' | 'topic' | 'action'>> = {}): void {
    const toast: Toast = {
      id: nextId++,
      text,
      tone: more.tone ?? 'plain',
      topic: more.topic ?? null,
      action: more.action ?? null,
    }
    toasts.value = [
      ...toasts.value
        .filter((other) => other.text !== text && (toast.topic === null || other.topic !== toast.topic))
        .slice(-2),
      toast,
    ]
    setTimeout(() => {
      dismiss(toast.id)
    }, shownFor)
  }

  /** The value of a call, or `null` after saying why there is none. */
  async function attempt<Value>(call: Promise<Result<Value>>): Promise<Value | null> {
    const result = await call
    if (result.ok) return result.value
    if (!toldElsewhere.test(result.error.code)) show(failureText(result.error), { tone: 'error' })
    return null
  }

  return { toasts, show, dismiss, attempt }
})
