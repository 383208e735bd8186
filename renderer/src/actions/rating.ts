import { FileDown, Heart, Star, StarOff } from '@lucide/vue'
import { giveStars, toggleFavourite } from '../labels/say-of-photos.ts'
import type { Action, ActionContext } from './action.ts'

const submenu = { words: 'stars', icon: Star }
const anyPhoto = ({ count }: ActionContext): boolean => count > 0

const inStars = (stars: number): Action => ({
  id: `stars-${stars}`,
  words: `stars${stars}`,
  icon: stars === 0 ? StarOff : Star,
  keys: { wall: [String(stars)], viewer: [String(stars)] },
  group: 'rating',
  submenu,
  checked: ({ photo }) => photo !== null && Math.max(0, photo.rating ?? 0) === stars,
  available: anyPhoto,
  run: ({ photoIds }) => void giveStars(photoIds, stars),
})

/** How much people like photos: their word stands above the file's. */
export const ratingActions: readonly Action[] = [
  ...[5, 4, 3, 2, 1, 0].map(inStars),
  {
    id: 'stars-in-file',
    words: 'starsInFile',
    icon: FileDown,
    group: 'rating',
    submenu,
    available: anyPhoto,
    run: ({ photoIds }) => void giveStars(photoIds, null),
  },
  {
    id: 'favourite',
    words: 'favourite',
    icon: Heart,
    keys: { wall: ['F'], viewer: ['F'] },
    group: 'rating',
    checked: ({ photo }) => photo?.favourite === true,
    available: anyPhoto,
    run: ({ photoIds }) => void toggleFavourite(photoIds),
  },
]
