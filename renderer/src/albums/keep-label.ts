import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { labelQuery } from '../teaching/teaching.ts'
import { useSavedSearches } from './saved-searches.ts'

/** Whether all photos of a label of one's own can be kept by its name: they are not yet. */
export const canKeepLabel = (name: string): boolean => !useSavedSearches().isKept(labelQuery(name))

/** Keeps all photos of a label, also those that get it later, as a saved search that is called as it is. */
export function keepLabel(name: string): void {
  const saved = useSavedSearches()
  const keep = (as: string): void =>
    void saved.keep({ name: as, query: labelQuery(name), sort: 'auto', minConfidence: null })
  const taken = saved.searches.map((each) => each.name)
  if (!taken.includes(name)) keep(name)
  else
    useScreens().open({
      kind: 'name',
      title: t('savedSearches.saveTitle'),
      action: t('savedSearches.save'),
      name,
      taken,
      run: keep,
    })
}
