/**
 * Another one when a photo looks different: it changes with the content and with how that is turned upright. Pictures that
 * were fetched under it may be kept for ever.
 * @param contentHash its first 16 hex digits, or more
 * @param orientation EXIF 1–8 by which it is shown, see `shownOrientation`; `null` is that of no turn
 */
export const pictureVersion = (contentHash: string, orientation: number | null): string =>
  `${contentHash.slice(0, 16)}t${orientation ?? 1}`
