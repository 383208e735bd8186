/** Where the keys go on, the uppermost first: an open dialog, the wall of photos or the map, the page. */
const places = ['[role$="dialog"]', '#wall', '#map', '#main'] as const

/**
 * To be called when something that may have had the focus has gone: without it the keys would speak to nobody.
 * Whatever has the focus by then keeps it.
 */
export function keepFocus(): void {
  // After the dialog has given it back to what was there before.
  setTimeout(() => {
    const { activeElement } = document
    if (activeElement !== null && activeElement !== document.body) return
    const place = places.map((one) => document.querySelector<HTMLElement>(one)).find((one) => one !== null)
    place?.focus({ preventScroll: true })
  })
}
