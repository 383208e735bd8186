import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Lets in who holds a link that this program printed, and remembers them by a cookie. */
export interface Gate {
  /** A new token for one use. */
  readonly token: () => string
  /** The `Set-Cookie` value for a good token, which is good no more; `used` for a second try, `null` for any other. */
  readonly exchange: (token: string) => { readonly cookie: string } | 'used' | null
  /** Whether a `Cookie` header carries a session of this run. */
  readonly admits: (cookieHeader: string | undefined) => boolean
}

const secret = (): string => randomBytes(32).toString('base64url')
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const includes = (known: readonly Buffer[], text: string): number => {
  const asked = digest(text)
  return known.findIndex((each) => timingSafeEqual(each, asked))
}

/** @param name Of the cookie; differs between two servers on one host, since cookies do not know ports. */
export function createGate(name: string): Gate {
  // Only digests are kept, so that comparing takes the same time whatever was sent.
  const unused: Buffer[] = []
  const used: Buffer[] = []
  const sessions: Buffer[] = []
  return {
    token: () => {
      const token = secret()
      unused.push(digest(token))
      return token
    },
    exchange: (token) => {
      const at = includes(unused, token)
      if (at < 0) return includes(used, token) < 0 ? null : 'used'
      used.push(...unused.splice(at, 1))
      const session = secret()
      sessions.push(digest(session))
      return { cookie: `${name}=${session}; Path=/; HttpOnly; SameSite=Strict` }
    },
    admits: (cookieHeader = '') =>
      cookieHeader
        .split(';')
        .map((each) => each.trim())
        .filter((each) => each.startsWith(`${name}=`))
        .some((each) => includes(sessions, each.slice(name.length + 1)) >= 0),
  }
}
