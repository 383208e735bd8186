import { computed, onBeforeUnmount, shallowReactive, type Ref } from 'vue'

/** The least distance of a message from the foot of the window, and from what it must not lie over, in pixels. */
const leastRoom = 24
const gap = 8

const taken = shallowReactive(new Set<Readonly<Ref<number>>>())

/** Messages stay clear of the lowest `height` pixels of the window while the component lives. */
export function keepMessagesAbove(height: Readonly<Ref<number>>): void {
  taken.add(height)
  onBeforeUnmount(() => taken.delete(height))
}

/** How far above the foot of the window messages lie, in pixels. */
export const roomBelow = computed(() => Math.max(leastRoom, ...[...taken].map(({ value }) => value + gap)))
