import type { Settings } from '../core/contract/states.ts'
import { toFailure } from '../core/contract/failure.ts'
import type { Language } from '../core/contract/values.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import type { Library } from '../core/library/library.ts'
import { isKept, keep } from '../core/library/roots/trust.ts'
import { retryAll, switchDue } from '../core/metadata-out/due.ts'
import { writeDueSidecars } from '../core/metadata-out/write-due.ts'

/** Keeps the sidecars beside photos in line with what people decide, while they want that. */
export interface SidecarWriter {
  /** Something was decided: written when it has come to rest. */
  readonly soon: () => void
  /** What could not be written may be now. */
  readonly retry: () => void
  /** The person switched the setting. */
  readonly follow: () => void
  /** What is in work is finished; the rest is due the next time. */
  readonly end: () => Promise<void>
}

export interface SidecarWriterOptions {
  readonly library: Library
  readonly lexicon: Lexicon
  readonly settings: () => Pick<Settings, 'writeSidecars' | 'language'>
  /** Takes the setting back: the library came with it from elsewhere, and nobody here switched it on. */
  readonly switchOff: () => void
  /** A sentence that names a sidecar that could not be written. */
  readonly onFailure: (message: string) => void
  readonly log: (line: string) => void
  /** For tests. Milliseconds without a decision; default: two seconds. */
  readonly rest?: number
}

export function createSidecarWriter(options: SidecarWriterOptions): SidecarWriter {
  const { library, lexicon, settings, switchOff, onFailure, log, rest = 2000 } = options
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  const { signal } = ending

  if (settings().writeSidecars && !isKept('sidecars', library.folder)) {
    switchOff()
    switchDue(library, false)
  }

  const write = async (): Promise<void> => {
    await running
    if (signal.aborted || !settings().writeSidecars) return
    running = writeDueSidecars(library, lexicon, languageOf(settings()), { signal, onFailure })
      .catch((error: unknown) => {
        log(`Sidecars were not written: ${toFailure(error).message}`)
      })
      .finally(() => {
        running = null
      })
    await running
  }
  const soon = (): void => {
    if (signal.aborted || !settings().writeSidecars) return
    clearTimeout(timer)
    timer = setTimeout(() => void write(), rest)
    timer.unref()
  }
  return {
    soon,
    retry: () => {
      if (signal.aborted || !settings().writeSidecars) return
      retryAll(library)
      soon()
    },
    follow: () => {
      if (settings().writeSidecars) keep('sidecars', library.folder)
      switchDue(library, settings().writeSidecars)
      soon()
    },
    end: async () => {
      ending.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** In which labels and places are named: that of the window, else of this computer. */
function languageOf({ language }: Pick<Settings, 'language'>): Language {
  if (language !== 'system') return language
  return new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ru') ? 'ru' : 'en'
}
