import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** Options that every command has. */
export interface CommonOptions {
  readonly library?: string
  readonly json?: boolean
}

/** The library's folder: the one asked for, else the platform's place for the data of programs. */
export function libraryFolder(options: CommonOptions): string {
  return options.library === undefined ? envPaths('Kartoteka', { suffix: '' }).data : resolve(options.library)
}
