import { resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import type { ExportFormat, ExportReport } from '../core/contract/metadata-export.ts'
import type { Language } from '../core/contract/values.ts'
import { exportMetadata } from '../core/metadata-out/export-metadata.ts'
import { reading } from '../core/library/statements.ts'
import { find } from '../core/search/search.ts'
import { StoppedEarly } from './exit.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { print, printable, printJson, say } from './output.ts'

export interface ExportOptions extends CommonOptions {
  readonly to: string
  readonly format: ExportFormat
  readonly language: Language
}

/** `kartoteka export --to FOLDER|FILE [--format xmp|csv|json] [QUERY]` */
export async function exportCommand(query: string, options: ExportOptions): Promise<void> {
  const { to, format, language } = options
  const stop = new AbortController()
  const interrupt = (): void => {
    // The second Ctrl-C does not wait any longer; no file is half-written.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    const report = await withLibrary(options, (library, lexicon) => {
      const photoIds =
        query === ''
          ? null
          : reading(library, () => {
              const { list } = find(library, lexicon, {
                text: query,
                sort: 'date',
                minConfidence: null,
                language,
              })
              return [...list.slice(0, list.total).ids]
            })
      if (photoIds?.length === 0)
        throw new KartotekaError(
          'not-found',
          `No photo was found for "${printable(query)}". Nothing was written.`,
        )
      const onProgress = progressLine()
      return exportMetadata(
        library,
        lexicon,
        { format, to: resolve(to), photoIds, language },
        { signal: stop.signal, onProgress },
      )
    })
    for (const failure of report.failures) say(failure)
    await (options.json === true ? printJson({ format, ...report }) : print(sentence(report)))
    if (report.stopped) throw new StoppedEarly('Stopped before all was written.')
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** One line on a terminal, written over; nothing in a log. */
function progressLine(): (progress: { readonly done: number; readonly total: number }) => void {
  const { stderr } = process
  if (!stderr.isTTY) return () => {}
  return ({ done, total }) => {
    stderr.write(`\r${done} of ${total} photos${done === total ? '\n' : ''}`)
  }
}

function sentence({ to, photos, written, unchanged, failed }: ExportReport): string {
  const files = [`${written} written`, `${unchanged} unchanged`, `${failed} failed`]
  return `${photos} photo${photos === 1 ? '' : 's'} exported to ${printable(to)}: files ${files.join(', ')}.`
}
