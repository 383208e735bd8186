import { createInterface } from 'node:readline'

/** Characters of a line in the log; what is longer was made to be long. */
const longest = 4000

/**
 * One event, one line. Names of files, addresses and messages come from outside: what would start a line of its own,
 * steer a terminal or turn the direction of writing is shown as its code.
 */
export function logLine(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
  return shown.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export interface LogBounds {
  readonly lines: number
  /** Milliseconds. */
  readonly within: number
}

/**
 * A log for what strangers can cause as often as they like: after so many lines the rest is counted, and the number is
 * told when the time is over.
 */
export function boundLog(
  log: (line: string) => void,
  { lines, within }: LogBounds = { lines: 20, within: 60_000 },
): (line: string) => void {
  let told = 0
  const begin = (): void => {
    const timer = setTimeout(() => {
      if (told > lines) log(`${told - lines} more lines like these were left out.`)
      told = 0
    }, within)
    timer.unref()
  }
  return (line) => {
    if (told === 0) begin()
    told += 1
    if (told <= lines) log(line)
  }
}

/** Hands over what a process writes, line by line, until it ends. */
export function logLines(stream: NodeJS.ReadableStream | null, log: (line: string) => void): void {
  if (stream === null) return
  stream.on('error', () => {})
  createInterface({ input: stream }).on('line', log)
}

/** A terminal or a pipe that goes away ends no program of ours; what would have been told there is lost. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
