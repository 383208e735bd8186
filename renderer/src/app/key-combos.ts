type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Keys that bear another letter with a Cyrillic layout, by their place, besides the letters A to Z. */
const places: Readonly<Record<string, string>> = {
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
}

/**
 * The names a pressed key may have: "C", "Mod+F", "Alt+ArrowLeft", "Shift+ArrowLeft", "?". `Mod` is Ctrl, or Cmd on a Mac. A key that
 * writes no Latin letter or sign is named by its place on the keyboard as well, so that shortcuts work with a Cyrillic
 * layout.
 */
export function combosOf(event: Pressed, isMac: boolean): readonly string[] {
  const mod = isMac ? event.metaKey : event.ctrlKey
  const single = event.key.length === 1
  const shift = event.shiftKey && (mod || !single)
  const before = `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}`
  const combo = `${before}${single ? event.key.toUpperCase() : event.key}`
  if (!single || event.key.charCodeAt(0) < 0x80) return [combo]
  const place = /^Key([A-Z])$/u.exec(event.code)?.[1] ?? places[event.code]
  return place === undefined ? [combo] : [combo, `${before}${place}`]
}
