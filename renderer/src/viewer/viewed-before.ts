/** The photo that was in the viewer before the page was loaded anew. */
export interface ViewedBefore {
  /** Place in the list. */
  readonly index: number
  readonly id: number
}

/** In this tab alone, and no longer than it is open. */
const keptAs = 'kartoteka-viewed'

export function keepViewed(photo: ViewedBefore): void {
  sessionStorage.setItem(keptAs, JSON.stringify(photo))
}

/** `null` where none was viewed in this tab, or what is kept cannot be read. */
export function viewedBefore(): ViewedBefore | null {
  try {
    const { index, id } = JSON.parse(sessionStorage.getItem(keptAs) ?? '{}') as Partial<ViewedBefore>
    return Number.isSafeInteger(index) && Number.isSafeInteger(id) ? ({ index, id } as ViewedBefore) : null
  } catch {
    return null
  }
}
