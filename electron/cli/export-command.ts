import { resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import type { ExportFormat, ExportReport } from '../core/contract/metadata-export.ts'
import type { Language } from '../core/contract/values.ts'
import { exportMetadata } from '../core/metadata-out/export-metadata.ts'
import { idsOf } from '../core/search/search.ts'
import { StoppedEarly } from './exit.ts'
import { interruptible } from './interruptible.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { counted, print, printable, printJson, say } from './output.ts'
import { photosBar } from './progress-bar.ts'

export interface ExportOptions extends CommonOptions {
  readonly to: string
  readonly format: ExportFormat
  readonly language: Language
}

/** `kartoteka export --to FOLDER|FILE [--format xmp|csv|json] [QUERY]` */
export async function exportCommand(query: string, options: ExportOptions): Promise<void> {
  const { to, format, language } = options
  const bar = await photosBar()
  // Whatever ends it, no file is half-written.
  const report = await interruptible(null, (signal) =>
    withLibrary(options, (library, lexicon) => {
      const search = { text: query, sort: 'date', minConfidence: null, language } as const
      const photoIds = query === '' ? null : [...idsOf(library, lexicon, search, 0, Number.MAX_SAFE_INTEGER)]
      if (photoIds?.length === 0)
        throw new KartotekaError(
          'not-found',
          `No photo was found for "${printable(query)}". Nothing was written.`,
        )
      return exportMetadata(
        library,
        lexicon,
        { format, to: resolve(to), photoIds, language },
        { signal, onProgress: bar.show },
      )
    }).finally(bar.end),
  )
  for (const failure of report.failures) say(failure)
  await (options.json === true ? printJson({ format, ...report }) : print(sentence(report)))
  if (report.stopped) throw new StoppedEarly('Stopped before all was written.')
}

function sentence({ to, photos, written, unchanged, failed }: ExportReport): string {
  const files = [`${written} written`, `${unchanged} unchanged`, `${failed} failed`]
  return `${counted(photos, 'photo')} exported to ${printable(to)}: files ${files.join(', ')}.`
}
