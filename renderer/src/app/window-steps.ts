import type { Sort } from '../../../electron/core/contract/values.ts'
import type { Screen } from './screens.ts'

/** What lies on the page, as far as it makes a step of the browser's history. */
export interface Page {
  readonly screen: Screen
  readonly text: string
  /** As chosen; `null` leaves it to the question. */
  readonly sort: Sort | null
  readonly minConfidence: number | null
}

/** What the browser keeps for one step. */
export interface Step {
  readonly id: number
  readonly page: Page
  /** The viewer lies over the page. */
  readonly viewer: boolean
  /** Its question was still being typed: what is typed next takes its place. */
  readonly draft: boolean
}

/** What the window shows now. */
export interface Shown {
  readonly page: Page
  /** Place in the list of the photo in the viewer. */
  readonly viewed: number | null
  /** The question is being typed. */
  readonly typing: boolean
}

export interface StepsOptions {
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'back'>
  readonly shown: () => Shown
  /** Someone went back or forward: the page, and the photo in the viewer, if any, of another step. */
  readonly show: (step: Step, viewed: number | null) => void
  /** Place of the photo that the viewer showed before the page was loaded anew; `null` where that is not known. */
  readonly reopen: () => number | null
  /** A step is about to be left, while all of it can still be seen. */
  readonly onLeave: (id: number) => void
}

export interface Steps {
  /** To be called after what the window shows has changed. */
  readonly follow: () => void
  /** To be called after the browser has gone to another step. */
  readonly arrive: () => void
}

/** Grows when what is kept for a step changes: steps of an older page are not understood then. */
const form = 1
type Kept = Step & { readonly form: typeof form }

function keptIn(state: unknown): Kept | null {
  const kept = state as Partial<Kept> | null
  return kept?.form === form ? (kept as Kept) : null
}

export const samePage = (one: Page, other: Page): boolean =>
  one.screen === other.screen &&
  one.text === other.text &&
  one.sort === other.sort &&
  one.minConfidence === other.minConfidence

/** Another order or another cut-off shows the same question differently. */
const sameQuestion = (one: Page, other: Page): boolean =>
  one.screen === other.screen && one.text.trim() === other.text.trim()

/**
 * Makes questions, pages and the open viewer steps of the browser's history: Back closes the viewer, then returns to
 * the question before. What is typed letter by letter is one step. A viewer that is closed by any other way than Back
 * leaves no step behind it, nor does a question that was typed and deleted again.
 */
export function createSteps({ history, shown, show, reopen, onLeave }: StepsOptions): Steps {
  let nextId = Date.now()
  /** Where the viewer of a step was last. */
  const viewedAt = new Map<number, number>()
  /** The page before a question that is being typed. */
  let beforeDraft: Page | null = null
  /** The step back that was asked for here is under way. */
  let goingBack = false

  const replace = (step: Step): Step => {
    history.replaceState({ ...step, form } satisfies Kept, '')
    return step
  }
  const push = (page: Page, viewer: boolean, draft: boolean): Step => {
    onLeave(here.id)
    const step = { id: nextId++, page, viewer, draft }
    history.pushState({ ...step, form } satisfies Kept, '')
    return step
  }
  const goBack = (): void => {
    goingBack = true
    history.back()
  }

  const first = keptIn(history.state)
  const reopened = first?.viewer === true ? reopen() : null
  let here = replace({
    id: first?.id ?? nextId++,
    page: first?.page ?? shown().page,
    viewer: reopened !== null,
    draft: false,
  })
  if (reopened !== null) viewedAt.set(here.id, reopened)
  if (first !== null) show(here, reopened)

  function follow(): void {
    if (goingBack) return
    const { page, viewed, typing } = shown()
    if (here.viewer && viewed === null) {
      goBack()
      return
    }
    if (viewed !== null) {
      if (!here.viewer) {
        if (here.draft) here = replace({ ...here, page, draft: false })
        here = push(page, true, false)
      }
      viewedAt.set(here.id, viewed)
    }
    const draft = here.draft && typing
    if (here.viewer || sameQuestion(here.page, page)) {
      if (!samePage(here.page, page) || draft !== here.draft) here = replace({ ...here, page, draft })
    } else if (!here.draft) {
      beforeDraft = here.page
      here = push(page, false, typing)
    } else if (beforeDraft !== null && sameQuestion(beforeDraft, page)) goBack()
    else here = replace({ ...here, page, draft: typing })
  }

  function arrive(): void {
    const kept = keptIn(history.state)
    const { page, viewed } = shown()
    if (goingBack || kept === null) {
      goingBack = false
      here = kept ?? replace({ id: nextId++, page, viewer: viewed !== null, draft: false })
      follow()
      return
    }
    onLeave(here.id)
    // With another question the place means another photo.
    const open = kept.viewer && samePage(kept.page, page) ? (viewedAt.get(kept.id) ?? null) : null
    here = kept.viewer === (open !== null) ? kept : replace({ ...kept, viewer: false })
    show(here, open)
  }

  return { follow, arrive }
}
