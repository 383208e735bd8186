/**
 * What is typed between the key that asks for a text and the moment its field is there: photos may have to be asked for
 * first, and a dialog to be loaded. It is meant for the field; on the wall an "h" would hide photos.
 */
interface Wait {
  typed: string
  /** Whether the field still comes; asked with every key. */
  comes: () => boolean
}
let wait: Wait | null = null

/** A field comes in which to type. */
export function waitForField(): void {
  wait = { typed: '', comes: () => true }
}

/** If it has not come yet it comes only as long as this is so. */
export function waitWhile(comes: () => boolean): void {
  if (wait !== null) wait.comes = comes
}

/** The field is there: it gets the focus, and what was typed for it in the place of what stands in it. */
export function enterField(field: HTMLInputElement): void {
  const typed = wait?.typed ?? ''
  wait = null
  field.focus()
  if (typed === '' || ['radio', 'checkbox'].includes(field.type)) return
  field.value = typed
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

const isForField = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !['Escape', 'Tab'].includes(event.key)

function onKeyDown(event: KeyboardEvent): void {
  if (wait === null) return
  if (!isForField(event) || event.target instanceof HTMLInputElement || !wait.comes()) {
    // Whoever leaves goes elsewhere with what is typed.
    if (!['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'].includes(event.key)) wait = null
    return
  }
  event.preventDefault()
  event.stopPropagation()
  // The key that asked, still held.
  if (event.repeat) return
  if (event.key === 'Backspace') wait.typed = [...wait.typed].slice(0, -1).join('')
  else if ([...event.key].length === 1) wait.typed += event.key
}
window.addEventListener('keydown', onKeyDown, { capture: true })
