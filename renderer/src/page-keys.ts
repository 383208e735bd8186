/** What this page was given with the link and shows to the server it came from, beside the cookie. */
interface PageKeys {
  readonly call: string
  readonly picture: string
}

const keptAs = 'kartoteka-keys'
const form = /^([\w-]{43})\.([\w-]{43})$/

/**
 * The keys come behind the `#` of the first address, which no server is ever sent, and are kept for reloads and other
 * tabs of this browser. A cookie goes to every server on this computer, whatever its port; the browser's storage is for
 * pages of this port alone.
 * @returns `null` in a browser in which no link was opened
 */
export function takePageKeys(): PageKeys | null {
  const given = location.hash.slice(1)
  if (form.test(given)) {
    localStorage.setItem(keptAs, given)
    history.replaceState(null, '', location.pathname)
  }
  const [, call, picture] = form.exec(localStorage.getItem(keptAs) ?? '') ?? []
  return call === undefined || picture === undefined ? null : { call, picture }
}
