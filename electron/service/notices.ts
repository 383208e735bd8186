import type { Notice } from '../core/contract/states.ts'

/** What people were told and what still holds. */
export interface Notices {
  /** Tells it unless that was told and still holds. */
  readonly tell: (notice: Notice) => void
  readonly standing: () => readonly Notice[]
}

/**
 * @param first what was told when the library was opened
 * @param isOver whether that of which a notice tells has mended itself, as a disk that is back has
 */
export function createNotices(
  first: readonly Notice[],
  isOver: (notice: Notice) => boolean,
  emit: (notice: Notice) => void,
): Notices {
  let told = first
  const standing = (): readonly Notice[] => {
    told = told.filter((notice) => !isOver(notice))
    return told
  }
  return {
    standing,
    tell: (notice) => {
      if (standing().some(({ code, message }) => code === notice.code && message === notice.message)) return
      told = [...told, notice]
      emit(notice)
    },
  }
}
