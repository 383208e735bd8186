import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { useScreens } from '../app/screens.ts'
import { counted, t } from '../i18n/words.ts'
import { useDecisions } from '../labels/decisions.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from '../search/search.ts'
import { useSelection } from '../selection/selection.ts'

type Shown = Pick<WallPhoto, 'id' | 'stack' | 'sameAs'>

/** Photos that a photo is shown for, itself among them: its stack, else those of the same picture; 0: none. */
export function shownFor({ stack, sameAs }: Shown): number {
  if (stack?.behind === false) return stack.photos
  return sameAs === undefined ? 0 : sameAs + 1
}

/** The photos of a stack, as a search. */
export function openStack(id: number): void {
  onWall()
  useSearch().ask(`${t('query.stack')}:${id}`)
}

/** The photos of this list that are the same picture. */
export function openSame(id: number): void {
  onWall()
  const search = useSearch()
  const like = search.summary?.understood.find(({ kind, negated }) => kind === 'similar' && !negated)
  const same = `${t('query.same')}:${id}`
  if (like === undefined || search.shown === null) search.ask(same)
  else search.ask(search.shown.text.slice(0, like.start) + same + search.shown.text.slice(like.end))
}

/** What its badge opens. */
export function openShownFor(photo: Shown): void {
  if (photo.stack === undefined) openSame(photo.id)
  else openStack(photo.id)
}

function onWall(): void {
  const screens = useScreens()
  screens.viewed = null
  screens.show('photos')
  useSelection().clear()
}

/** Puts photos, and the stacks they stand for, into one. @param keeperId which is in front; `null`: the best of them */
export function putTogether(photoIds: readonly number[], keeperId: number | null = null): Promise<boolean> {
  return useDecisions().undoable(async () => {
    const done = await useToasts().attempt(api.stackPhotos({ keeperId, photoIds: [...photoIds] }), 'decision')
    if (done === null) return null
    if (done.changed === 0) return { said: t('said.same'), steps: 0 }
    const { changed } = done
    return {
      said: keeperId === null ? counted('stacks.done', changed) : counted('stacks.frontDone', changed),
    }
  })
}

/** Takes the stack of a photo in front apart, or a photo out of its stack. */
export function takeApart(photoIds: readonly number[]): Promise<boolean> {
  return useDecisions().undoable(async () => {
    const done = await useToasts().attempt(api.unstackPhotos({ photoIds: [...photoIds] }), 'decision')
    if (done === null) return null
    return done.changed === 0
      ? { said: t('said.same'), steps: 0 }
      : { said: counted('stacks.apart', done.changed) }
  })
}
