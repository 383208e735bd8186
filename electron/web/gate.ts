import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What one browser gets for a link. */
export interface Entrance {
  /** The `Set-Cookie` value: opens the page's files. Other servers on this host can see it, since cookies know no ports. */
  readonly cookie: string
  /** With the cookie opens the calls; only pages of this address know it. */
  readonly callKey: string
  /** With the cookie opens the pictures; stands in their addresses, and is good for nothing else. */
  readonly pictureKey: string
}

/** The SHA-256 of each part of an entrance, in base64url: enough to know a browser again, not to be one. */
export interface Session {
  readonly cookie: string
  readonly call: string
  readonly picture: string
}

/** Lets in who holds a link that this program printed, and remembers them by a cookie and two keys of the page. */
export interface Gate {
  /** A new token for one use. */
  readonly token: () => string
  /** Whether that token was neither used nor forgotten. */
  readonly isUnused: (token: string) => boolean
  /** What a good token gives, which is good no more; `used` for a second try, `null` for any other. */
  readonly exchange: (token: string) => Entrance | 'used' | null
  /** Whether a `Cookie` header carries a session. */
  readonly admits: (cookieHeader: string | undefined) => boolean
  /**
   * Whether it does and the key is one of ours; of whichever session, since all tabs of a browser share the cookie of
   * the last link.
   */
  readonly admitsWith: (cookieHeader: string | undefined, kind: 'call' | 'picture', key: string) => boolean
  /** The browsers that are let in, oldest first. */
  readonly sessions: () => readonly Session[]
}

/**
 * How many unopened links, used links and sessions are remembered; the oldest are forgotten. Each of them takes a person
 * who asked for a link: see `createLinkOffers` for those that strangers can cause.
 */
const most = 32

const secret = (): string => randomBytes(32).toString('base64url')
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')
/** Only digests are kept and compared, so that it takes the same time whatever was sent. */
function indexOf(known: readonly string[], text: string): number {
  const asked = Buffer.from(digest(text))
  return known.findIndex((each) => timingSafeEqual(Buffer.from(each), asked))
}
function addNewest<Item>(list: Item[], item: Item): void {
  list.push(item)
  list.splice(0, list.length - most)
}

/**
 * @param name Of the cookie; differs between two servers on one host, since cookies do not know ports.
 * @param known Sessions of an earlier run at the same address, which are let in as well.
 */
export function createGate(name: string, known: readonly Session[] = []): Gate {
  const unused: string[] = []
  const used: string[] = []
  const sessions = [...known]

  const holds = (kind: keyof Session, value: string): boolean =>
    indexOf(
      sessions.map((session) => session[kind]),
      value,
    ) >= 0
  const admits = (cookieHeader = ''): boolean =>
    cookieHeader
      .split(';')
      .map((each) => each.trim())
      .filter((each) => each.startsWith(`${name}=`))
      .some((each) => holds('cookie', each.slice(name.length + 1)))

  return {
    token: () => {
      const token = secret()
      addNewest(unused, digest(token))
      return token
    },
    isUnused: (token) => indexOf(unused, token) >= 0,
    exchange: (token) => {
      const at = indexOf(unused, token)
      if (at < 0) return indexOf(used, token) < 0 ? null : 'used'
      unused.splice(at, 1)
      addNewest(used, digest(token))
      const [cookie, callKey, pictureKey] = [secret(), secret(), secret()]
      addNewest(sessions, { cookie: digest(cookie), call: digest(callKey), picture: digest(pictureKey) })
      return { cookie: `${name}=${cookie}; Path=/; HttpOnly; SameSite=Strict`, callKey, pictureKey }
    },
    admits,
    admitsWith: (cookieHeader, kind, key) => admits(cookieHeader) && holds(kind, key),
    sessions: () => sessions,
  }
}
