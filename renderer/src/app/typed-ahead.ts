/**
 * What is typed between the key that asks for a text and the moment its field is there: photos may have to be asked for
 * first, and a dialog to be loaded. It is meant for the field; on the wall an "h" would hide photos.
 */
interface Wait {
  typed: string
  /** Enter was pressed: whatever comes after it is not for the field. */
  entered: boolean
  /** Whether the field still comes; asked with every key. */
  comes: () => boolean
}
let wait: Wait | null = null

/** A field comes in which to type. */
export function waitForField(): void {
  wait = { typed: '', entered: false, comes: () => true }
}

/** If it has not come yet it comes only as long as this is so. */
export function waitWhile(comes: () => boolean): void {
  if (wait !== null) wait.comes = comes
}

/**
 * The field is there: it gets the focus, and what was typed for it in the place of what stands in it. Enter after it is
 * pressed there.
 */
export function enterField(field: HTMLInputElement): void {
  const { typed, entered } = wait ?? { typed: '', entered: false }
  wait = null
  field.focus()
  if (['radio', 'checkbox'].includes(field.type)) return
  if (typed !== '') {
    field.value = typed
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  if (!entered) return
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
  if (field.dispatchEvent(enter)) field.form?.requestSubmit()
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
  if (event.repeat || wait.entered) return
  if (event.key === 'Enter') wait.entered = true
  else if (event.key === 'Backspace') wait.typed = [...wait.typed].slice(0, -1).join('')
  else if ([...event.key].length === 1) wait.typed += event.key
}
window.addEventListener('keydown', onKeyDown, { capture: true })
