import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Failure, Result } from '../../../electron/core/contract/failure.ts'
import { t } from '../i18n/words.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  /** What exactly went wrong, as the program wrote it down. */
  readonly detail: string
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
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  let nextId = 1

  function dismiss(id: number): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  /** What was said on a topic no longer holds. */
  function withdraw(topic: string): void {
    for (const toast of toasts.value) if (toast.topic === topic) dismiss(toast.id)
  }

  function show(text: string, more: Partial<Pick<Toast, 'detail' | 'tone' | 'topic' | 'action'>> = {}): void {
    const toast: Toast = {
      id: nextId++,
      text,
      detail: more.detail ?? '',
      tone: more.tone ?? 'plain',
      topic: more.topic ?? null,
      action: more.action ?? null,
    }
    toasts.value = [
      ...toasts.value
        .filter(
          (other) =>
            (other.text !== text || other.detail !== toast.detail) &&
            (toast.topic === null || other.topic !== toast.topic),
        )
        .slice(-2),
      toast,
    ]
    letGo(toast.id)
  }

  /** Someone is reading it, or about to press its button: it stays until it is sent away or let go. */
  function keep(id: number): void {
    clearTimeout(timers.get(id))
  }

  /** From now on it has its time. */
  function letGo(id: number): void {
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => {
        dismiss(id)
      }, shownFor),
    )
  }

  /** The kind of failure in the person's language; the sentence that names the thing goes with it. */
  function fail({ code, message }: Failure, topic: string | null = null): void {
    const text = t(`failure.${code}`)
    show(text, { tone: 'error', topic, detail: message === text ? '' : message })
  }

  /**
   * The value of a call, or `null` after saying why there is none, in the place of what was said on the topic. Not for calls
   * whose value is `null`, which could not be told from a failure.
   */
  async function attempt<Value>(
    call: Promise<Result<Value>> & ([Value] extends [null] ? never : unknown),
    topic: string | null = null,
  ): Promise<Value | null> {
    const result: Result<Value> = await call
    if (result.ok) return result.value
    if (!toldElsewhere.test(result.error.code)) fail(result.error, topic)
    return null
  }

  /** Whether a call that gives nothing back did its work; says why where it did not. */
  async function succeeds(call: Promise<Result<null>>, topic: string | null = null): Promise<boolean> {
    const done = call.then((result) => (result.ok ? { ...result, value: true } : result))
    return (await attempt(done, topic)) === true
  }

  return { toasts, show, keep, letGo, fail, dismiss, withdraw, attempt, succeeds }
})
