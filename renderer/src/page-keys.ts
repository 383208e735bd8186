/** What this page was given with the link and shows to the server it came from, beside the cookie. */
interface PageKeys {
  readonly call: string
  readonly picture: string
}

const keptAs = 'kartoteka-keys'
const form = /^([\w-]{43})\.([\w-]{43})$/

/**
 * The keys come behind the `#` of the first address, which no server is ever sent, and are kept for reloads of this tab
 * alone. A cookie goes to every server on this computer, whatever its port; these do not.
 * @returns `null` for a page that was opened without a link: another tab, say
 */
export function takePageKeys(): PageKeys | null {
  const given = location.hash.slice(1)
  if (form.test(given)) {
    sessionStorage.setItem(keptAs, given)
    history.replaceState(null, '', location.pathname)
  }
  const [, call, picture] = form.exec(sessionStorage.getItem(keptAs) ?? '') ?? []
  return call === undefined || picture === undefined ? null : { call, picture }
}
