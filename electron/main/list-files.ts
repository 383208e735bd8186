import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shell, type BrowserWindow } from 'electron'
import { askPerson, type Question } from './ask-person.ts'
import type { Texts } from './texts.ts'

/** Paths that a question lists; a message of the system has no place for more. */
const mostListed = 25

/** What of `lines` a message has place for, and how many more there are. */
export function listed(lines: readonly string[], texts: Texts): string {
  const shown = lines.slice(0, mostListed)
  const more = lines.length > shown.length ? [texts.andMore(lines.length - shown.length)] : []
  return [...shown, ...more].join('\n')
}

/**
 * Asks a question about files, with their paths in its detail. Where those are too many for a message, one of its answers
 * opens the whole list, as text in the system's program for it, and the question is put again.
 * @param lists every list of paths that `detail` gives the beginning of
 * @returns whether the person said yes, and whether the box was ticked
 */
export async function askAboutFiles(
  window: BrowserWindow,
  question: Omit<Question, 'buttons'> & { readonly yes: string },
  lists: readonly (readonly string[])[],
  texts: Texts,
): Promise<{ readonly yes: boolean; readonly ticked: boolean }> {
  const { yes, ...rest } = question
  const isLong = lists.some((lines) => lines.length > mostListed)
  let ticked = false
  for (;;) {
    const { response, checkboxChecked } = await askPerson(window, {
      ...rest,
      ...(rest.checkboxLabel !== undefined && { checkboxChecked: ticked }),
      buttons: [texts.cancel, yes, ...(isLong ? [texts.showList] : [])],
    })
    ticked = checkboxChecked
    if (response !== 2) return { yes: response === 1, ticked }
    await openList(lists)
  }
}

let listFolder: string | null = null

/** Only its owner can read it, and it goes with the program. */
async function openList(lists: readonly (readonly string[])[]): Promise<void> {
  const folder = (listFolder ??= makeListFolder())
  const file = join(folder, 'files.txt')
  const text = lists.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n')
  writeFileSync(file, text, { mode: 0o600 })
  // Where no program opens texts, the beginning is in the question all the same.
  await shell.openPath(file)
}

function makeListFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-list-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
