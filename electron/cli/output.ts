import { logLine } from '../service/log-lines.ts'

/** What every command may say, and where: documents and tables on stdout, everything else on stderr. */

/** Writes text to stdout and waits until it is out, so that a pipe gets all of it before the process ends. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) => {
      // A reader that has seen enough (`| head`) is no failure.
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error)
      else resolve()
    })
  })
}

export function printJson(document: unknown): Promise<void> {
  return print(JSON.stringify(document, null, 2))
}

/** Lines about the work, for people watching. */
export function say(lines: string): void {
  process.stderr.write(`${lines.split('\n').map(printable).join('\n')}\n`)
}

/** One event of the work, in which words from outside may stand: always one line. */
export function sayLine(line: string): void {
  say(logLine(line))
}

/** Rows as aligned columns, with a heading; numbers to the right. Control characters of file names are shown as `?`. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell))))
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const toRight = heading.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        toRight[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [line(heading), ...cells.map(line)].join('\n')
}

/** A file name must not be able to steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u{10ff80}-\u{10ffff}]|\p{Bidi_Control}/gu, '?')
}

/** "1 photo", "2 photos". */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

export function percent(probability: number): string {
  return `${(probability * 100).toFixed(1)} %`
}
