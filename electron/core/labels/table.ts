import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** A fault in a label file, worded for the person who edits it: file, line, what is wrong. */
class LabelDataError extends Error {
  constructor(file: string, line: number, fault: string) {
    super(`${basename(file)}, line ${line}: ${fault}`)
    this.name = 'LabelDataError'
  }
}

/** One line of a table: its cells by column name, trimmed, and a way to complain about it. */
export interface Row {
  readonly cell: (column: string) => string
  /** The parts of a cell that holds a list, split at `separator`, empty ones left out. */
  readonly list: (column: string, separator: string) => string[]
  readonly fault: (what: string) => LabelDataError
}

/**
 * Reads a tab-separated table. The first line that is neither empty nor a `#` comment names the columns, which must
 * be exactly `columns`; a missing cell at the end of a line is an empty one.
 * Throws LabelDataError for wrong columns or surplus cells, and what `readFileSync` throws for an unreadable file.
 */
export function readTable(file: string, columns: readonly string[]): Row[] {
  const rows: Row[] = []
  let header: readonly string[] | null = null
  const lines = readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split('\t')
    if (header === null) {
      header = cells.map((cell) => cell.trim())
      if (header.join('\t') !== columns.join('\t'))
        throw new LabelDataError(file, index + 1, `the columns must be ${columns.join(', ')} (tabs between)`)
      continue
    }
    if (cells.length > columns.length)
      throw new LabelDataError(file, index + 1, `${cells.length} cells, but only ${columns.length} columns`)
    rows.push(rowOf(file, index + 1, columns, cells))
  }
  if (header === null) throw new LabelDataError(file, 1, 'the line that names the columns is missing')
  return rows
}

function rowOf(file: string, line: number, columns: readonly string[], cells: readonly string[]): Row {
  const cell = (column: string) => cells[columns.indexOf(column)]?.trim() ?? ''
  return {
    cell,
    list: (column, separator) => {
      const text = cell(column)
      return text === ''
        ? []
        : text
            .split(separator)
            .map((part) => part.trim())
            .filter((part) => part !== '')
    },
    fault: (what) => new LabelDataError(file, line, what),
  }
}
