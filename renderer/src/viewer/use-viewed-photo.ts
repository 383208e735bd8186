import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { PhotoDetails, WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { useScreens } from '../app/screens.ts'
import { language } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { usePhotoList } from '../photos/photo-list.ts'

/** Neighbours kept at hand on each side for the film strip. */
const aroundIt = 20

/**
 * The photo in the viewer. It stays on the screen while the list moves under it: when a decision takes it out
 * of the list, "next" goes to the photo that came into its place.
 */
export function useViewedPhoto() {
  const screens = useScreens()
  const list = usePhotoList()
  const decisions = useDecisions()
  const library = useLibrary()
  const photo = shallowRef<WallPhoto | null>(null)
  const details = shallowRef<PhotoDetails | null>(null)
  const index = computed(() => screens.viewed ?? 0)
  /** No longer in the list, though still on the screen. */
  const left = ref(false)
  let moving = true
  let asking = 0
  let preloaded: HTMLImageElement[] = []

  function go(to: number): void {
    if (list.total === 0) return
    moving = true
    screens.viewed = Math.min(list.total - 1, Math.max(0, to))
    settle()
  }

  async function findAgain(id: number): Promise<void> {
    const place = await list.placeOf(id, index.value)
    if (photo.value?.id !== id || moving) return
    left.value = place === null
    if (place !== null) screens.viewed = place
  }

  function settle(): void {
    const { value: at } = index
    list.want(Math.max(0, at - aroundIt), Math.min(list.total, at + aroundIt + 1))
    const here = list.at(at)
    if (here === null) return
    if (moving || here.id === photo.value?.id) {
      moving = false
      left.value = false
      photo.value = here
    } else if (photo.value !== null) void findAgain(photo.value.id)
  }
  watch([index, () => list.arrivals, () => list.total], settle, { immediate: true })

  async function load(): Promise<void> {
    const id = photo.value?.id
    if (id === undefined) return
    const turn = ++asking
    const answer = await api.getPhoto({ id, language: language.value })
    if (turn === asking && answer.ok) details.value = answer.value
  }
  watch(
    () => photo.value?.id,
    (now, before) => {
      if (now !== before) details.value = null
      void load()
      preloaded = [index.value + 1, index.value - 1].flatMap((at) => {
        const near = list.at(at)
        if (near === null || near.state === 'failed') return []
        const image = new Image()
        image.src = api.mediaUrl('view', near)
        return [image]
      })
    },
    { immediate: true },
  )
  watch([() => decisions.made, () => library.revision, language], () => void load())
  onBeforeUnmount(() => {
    for (const image of preloaded) image.src = ''
  })

  return {
    photo,
    details,
    index,
    next: () => go(left.value ? index.value : index.value + 1),
    previous: () => go(index.value - 1),
    go,
  }
}
