/** Puts a text on the clipboard; the old way where the shell denies pages the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const listener = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
    }
    document.addEventListener('copy', listener, { once: true })
    const copied = document.execCommand('copy')
    document.removeEventListener('copy', listener)
    return copied
  }
}
