import type { Gate } from './gate.ts'

/** Milliseconds between two offers. */
const interval = 60_000

/**
 * Offers a link where nobody can ask for one at a terminal, when a used link is opened again. Strangers can cause that as
 * often as they like, so it is told at most once a minute, and is the same link until someone opens it: it never pushes
 * another one out.
 */
export function createLinkOffers(
  gate: Pick<Gate, 'token' | 'isUnused'>,
  tell: (token: string) => void,
): () => void {
  let offered: string | null = null
  let toldAt = -Infinity
  return () => {
    const now = performance.now()
    if (now - toldAt < interval) return
    toldAt = now
    if (offered === null || !gate.isUnused(offered)) offered = gate.token()
    tell(offered)
  }
}
