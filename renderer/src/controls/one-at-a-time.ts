/** An act that does nothing when it is asked for again before it has ended: Enter pressed twice. */
export function oneAtATime(act: () => Promise<void>): () => Promise<void> {
  let isBusy = false
  return async () => {
    if (isBusy) return
    isBusy = true
    try {
      await act()
    } finally {
      isBusy = false
    }
  }
}
