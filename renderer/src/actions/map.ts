import { MapPinned } from '@lucide/vue'
import { api } from '../api.ts'
import { useScreens } from '../app/screens.ts'
import { language, t } from '../i18n/words.ts'
import { useMap } from '../map/map.ts'
import { useToasts } from '../notices/toasts.ts'
import type { Action, ActionTarget } from './action.ts'

/** Opens the map where the photo was taken. */
async function showOnMap({ photoIds: [id] }: ActionTarget): Promise<void> {
  if (id === undefined) return
  const { attempt, show } = useToasts()
  const details = await attempt(api.getPhoto({ id, language: language.value }))
  if (details === null) return
  if (details.position === null) {
    show(t('map.noPlace'))
    return
  }
  useMap().goTo(details.position)
  const screens = useScreens()
  screens.viewed = null
  screens.show('map')
}

/** Where photos lie on the map. */
export const mapActions: readonly Action[] = [
  {
    id: 'show-on-map',
    words: 'showOnMap',
    icon: MapPinned,
    keys: { viewer: ['M'] },
    group: 'dating',
    available: ({ count }) => count === 1,
    run: showOnMap,
  },
]
