import { watch } from 'vue'
import { useLibrary } from '../app/library.ts'
import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'
import { useSavedSearches } from './saved-searches.ts'
import { typedOnceMore } from './typed-questions.ts'

/** So often a question is typed before it is offered to be kept. */
const offeredAfter = 3
const topic = 'save-offer'

function kept(key: string): [string, number][] {
  try {
    const counts: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(counts) ? counts.filter(isCount) : []
  } catch {
    return []
  }
}

const isCount = (entry: unknown): entry is [string, number] =>
  Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number'

/** Opens the dialog that asks for the name under which the present search is kept. */
export function askToSave(): void {
  const saved = useSavedSearches()
  const text = useSearch().asked.text.trim()
  useScreens().open({
    kind: 'name',
    title: t('savedSearches.saveTitle'),
    action: t('savedSearches.save'),
    name: text,
    taken: saved.searches.map(({ name }) => name),
    run: (name) => void saved.save(name),
  })
}

/** A question that is typed for the third time is offered to be kept, once. */
export function useSaveOffer(): void {
  const search = useSearch()
  const library = useLibrary()
  const saved = useSavedSearches()
  const { show, withdraw } = useToasts()
  /** The question that was counted last. */
  let counted: number | null = null
  /** The text that is offered to be kept. */
  let offered: string | null = null
  const isSaved = (text: string): boolean => saved.searches.some(({ query }) => query === text)

  // "Save" would keep what is asked by then.
  watch([() => search.asked.text.trim(), () => saved.searches], ([asked]) => {
    if (offered === null || (asked === offered && !isSaved(offered))) return
    offered = null
    withdraw(topic)
  })
  watch([() => search.summary, () => search.typing], ([summary, typing]) => {
    const text = search.shown?.text.trim() ?? ''
    if (!search.isTyped || typing || summary === null || text === '' || text !== search.text.trim()) return
    if (search.question === counted) return
    counted = search.question
    const path = library.status?.libraryPath
    if (path === undefined || summary.total === 0 || summary.album !== null) return
    const key = `kartoteka.typed ${path}`
    const { counts, times } = typedOnceMore(kept(key), text)
    localStorage.setItem(key, JSON.stringify(counts))
    if (times !== offeredAfter || isSaved(text)) return
    offered = text
    show(t('savedSearches.offer', { text }), {
      topic,
      action: { label: t('savedSearches.save'), run: askToSave },
    })
  })
}
