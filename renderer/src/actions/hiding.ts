import { Eye, EyeOff } from '@lucide/vue'
import { counted } from '../i18n/words.ts'
import { sayOfPhotos } from '../labels/say-of-photos.ts'
import { useSearch } from '../search/search.ts'
import type { Action, ActionContext, ActionTarget } from './action.ts'

/** Of several photos all are taken for what the search asks for: hidden ones are on the wall only where it asks for them. */
const areHidden = ({ photo }: ActionContext): boolean =>
  photo?.hidden ?? useSearch().summary?.withHidden === true

const hide = ({ photoIds }: ActionTarget): unknown =>
  sayOfPhotos(photoIds, { field: 'hidden', value: true }, (changed) => counted('said.hidden', changed))

const showAgain = ({ photoIds }: ActionTarget): unknown =>
  sayOfPhotos(photoIds, { field: 'hidden', value: null }, (changed) => counted('said.shown', changed))

/** Taking photos off the wall, and back. */
export const hidingActions: readonly Action[] = [
  {
    id: 'hide',
    words: 'hide',
    icon: EyeOff,
    keys: { wall: ['H'], viewer: ['H'] },
    group: 'hiding',
    available: (context) => context.count > 0 && !areHidden(context),
    run: (target) => void hide(target),
  },
  {
    id: 'show-again',
    words: 'showAgain',
    icon: Eye,
    keys: { wall: ['H'], viewer: ['H'] },
    group: 'hiding',
    inBar: true,
    inViewer: true,
    available: (context) => context.count > 0 && areHidden(context),
    run: (target) => void showAgain(target),
  },
]
