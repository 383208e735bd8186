import { Images } from '@lucide/vue'
import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { useSearch } from '../search/search.ts'
import type { Action } from './action.ts'

/** Photos that look like one: a search like any other, so that more can be asked of them. */
export const similarActions: readonly Action[] = [
  {
    id: 'similar',
    words: 'similar',
    icon: Images,
    keys: { wall: ['S'], viewer: ['S'] },
    group: 'open',
    inViewer: true,
    available: ({ count }) => count === 1,
    run: ({ photoIds: [id] }) => {
      if (id === undefined) return
      const screens = useScreens()
      screens.viewed = null
      screens.show('photos')
      useSearch().ask(`${t('query.similar')}:${id}`)
    },
  },
]
