import { dialog, type BrowserWindow, type MessageBoxOptions, type MessageBoxReturnValue } from 'electron'

export type Question = Pick<
  MessageBoxOptions,
  'type' | 'message' | 'detail' | 'buttons' | 'checkboxLabel' | 'checkboxChecked'
>

/** A question whose first answer, which closing it means as well, is to leave everything as it is. */
export function askPerson(window: BrowserWindow, question: Question): Promise<MessageBoxReturnValue> {
  return dialog.showMessageBox(window, { ...question, defaultId: 0, cancelId: 0, noLink: true })
}
