import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What one browser gets for a link. */
export interface Entrance {
  /** The `Set-Cookie` value: opens the page's files. Other servers on this host can see it, since cookies know no ports. */
  readonly cookie: string
  /** With the cookie opens the calls; only the page knows it. */
  readonly callKey: string
  /** With the cookie opens the pictures; stands in their addresses, and is good for nothing else. */
  readonly pictureKey: string
}

/** Lets in who holds a link that this program printed, and remembers them by a cookie and two keys of the page. */
export interface Gate {
  /** A new token for one use. */
  readonly token: () => string
  /** What a good token gives, which is good no more; `used` for a second try, `null` for any other. */
  readonly exchange: (token: string) => Entrance | 'used' | null
  /** Whether a `Cookie` header carries a session of this run. */
  readonly admits: (cookieHeader: string | undefined) => boolean
  /**
   * Whether it does and the key is one of this run; of whichever session, since all tabs of a browser share the cookie
   * of the last link.
   */
  readonly admitsWith: (cookieHeader: string | undefined, kind: 'call' | 'picture', key: string) => boolean
}

/** Links that were printed and not opened; older ones are forgotten, so that nobody can make us remember ever more. */
const mostTokens = 32

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
  const keys: Readonly<Record<'call' | 'picture', Buffer[]>> = { call: [], picture: [] }

  const admits = (cookieHeader = ''): boolean =>
    cookieHeader
      .split(';')
      .map((each) => each.trim())
      .filter((each) => each.startsWith(`${name}=`))
      .some((each) => includes(sessions, each.slice(name.length + 1)) >= 0)

  return {
    token: () => {
      const token = secret()
      unused.push(digest(token))
      unused.splice(0, unused.length - mostTokens)
      return token
    },
    exchange: (token) => {
      const at = includes(unused, token)
      if (at < 0) return includes(used, token) < 0 ? null : 'used'
      used.push(...unused.splice(at, 1))
      const [session, callKey, pictureKey] = [secret(), secret(), secret()]
      sessions.push(digest(session))
      keys.call.push(digest(callKey))
      keys.picture.push(digest(pictureKey))
      return { cookie: `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`, callKey, pictureKey }
    },
    admits,
    admitsWith: (cookieHeader, kind, key) => admits(cookieHeader) && includes(keys[kind], key) >= 0,
  }
}
