import { computed, type ComputedRef } from 'vue'
import { useLibrary } from '../app/library.ts'
import type { AskedFolder } from '../app/screens.ts'

/** The photos of a folder that a question is asked about: more may come while it stands. */
export function useHeldPhotos(asked: AskedFolder): ComputedRef<number> {
  const library = useLibrary()
  return computed(() => library.folders.find(({ id }) => id === asked.id)?.photos ?? asked.photos)
}
