import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * Whether a person can press a key here: input is a terminal, and this program is in its foreground. The system stops a
 * program in the background as soon as it reads from the terminal.
 */
export function hasPersonAtTerminal(): boolean {
  if (!process.stdin.isTTY) return false
  if (process.platform === 'win32') return true
  try {
    const [group, foreground] = processGroups()
    return group === foreground
  } catch {
    return false
  }
}

/** Asks for yes or no, in one line. Anything but yes is no: also the end of the input, and what ends the program. */
export function confirm(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<boolean> {
  // Not as a terminal: Ctrl-C stays what it is for the whole program.
  const lines = createInterface({ input, output, terminal: false })
  return new Promise((resolve) => {
    const end = (answer: string): void => {
      resolve(/^y(es)?$/iu.test(answer.trim()))
      lines.close()
    }
    lines.once('close', () => {
      end('')
    })
    signal.addEventListener('abort', () => {
      end('')
    })
    lines.question(question, end)
  })
}

/** Calls `pressed` each time the person presses Enter. Does not keep the program running. @returns what ends it */
export function onEnter(pressed: () => void): () => void {
  const { stdin } = process
  const readInForeground = (): void => {
    if (hasPersonAtTerminal()) stdin.resume()
    else stdin.pause()
  }
  // A terminal that is closed must not end what was started in it.
  stdin.on('error', () => {})
  stdin.on('data', pressed)
  stdin.unref()
  // After Ctrl-Z the program goes on in the background (`bg`) or in the foreground (`fg`).
  process.on('SIGCONT', readInForeground)
  return () => {
    process.off('SIGCONT', readInForeground)
    stdin.off('data', pressed)
    stdin.pause()
  }
}

/** The process group of this program, and the one in the foreground of its terminal. */
function processGroups(): string[] {
  if (process.platform === 'linux') {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // After the name, which may hold anything: state, parent, group, session, terminal, foreground group.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [fields[2] ?? 'none', fields[5] ?? '']
  }
  const asked = ['-o', 'pgid=,tpgid=', '-p', String(process.pid)]
  return execFileSync('/bin/ps', asked, { encoding: 'utf8', timeout: 2000 }).trim().split(/\s+/)
}
