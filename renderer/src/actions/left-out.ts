import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { useSearch } from '../search/search.ts'
import { leftOut } from '../search/set-aside.ts'

interface Question {
  readonly text: string
  readonly action: string
  readonly danger: boolean
  readonly run: () => void
}

/**
 * What the search left out may be the very word that the photos were to have: many are not changed unasked.
 * @param count photos that would be changed
 */
export function unlessLeftOut(count: number, question: Question): void {
  const words = leftOut(useSearch().summary?.understood ?? [])
  if (words.length === 0 || count < 2) {
    question.run()
    return
  }
  const title = t('batch.leftOut', { words: words.join(', ') })
  useScreens().open({ kind: 'ask-first', title, ...question })
}
