/** The page and the pictures each have a scheme of their own: no file path ever stands in an address. */
export const pageScheme = 'app'
export const mediaScheme = 'kartoteka-media'
export const pageHost = 'kartoteka'
export const mediaHost = 'photo'
export const pageAddress = `${pageScheme}://${pageHost}/`

/** Whether an address is one of our page; compared by its parts, since prefixes can be forged. */
export function isOurPage(address: string): boolean {
  const url = parsed(address)
  return url !== null && url.protocol === `${pageScheme}:` && url.host === pageHost
}

/** What the window may load at all; everything else would leave this computer or read its files. */
export function mayLoad(address: string): boolean {
  const url = parsed(address)
  if (url === null) return false
  if (url.protocol === `${mediaScheme}:`) return url.host === mediaHost
  return isOurPage(address) || ['blob:', 'data:', 'devtools:'].includes(url.protocol)
}

function parsed(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
