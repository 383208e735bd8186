import type { ExportState } from '../core/contract/metadata-export.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import type { Library } from '../core/library/library.ts'
import { exportMetadata, type ExportRequest } from '../core/metadata-out/export-metadata.ts'
import type { Emit } from './changes.ts'

/** What the library says, on its way into a folder of the person's choosing. */
export interface MetadataExport {
  /** @throws KartotekaError `invalid-input` while another one goes on */
  readonly start: (request: ExportRequest) => void
  readonly stop: () => void
  readonly state: () => ExportState
  /** Stops, and waits for the file in work. */
  readonly end: () => Promise<void>
}

export interface MetadataExportOptions {
  readonly library: Library
  readonly lexicon: Lexicon
  readonly emit: Emit
}

/** Milliseconds between two reports of progress. */
const pause = 200

export function createMetadataExport({ library, lexicon, emit }: MetadataExportOptions): MetadataExport {
  let state: ExportState = { phase: 'idle' }
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null
  let toldAt = Number.NEGATIVE_INFINITY
  const enter = (next: ExportState): void => {
    state = next
    toldAt = performance.now()
    emit('metadataExport', state)
  }
  const run = async (request: ExportRequest, signal: AbortSignal): Promise<void> => {
    try {
      const onProgress = (progress: { readonly done: number; readonly total: number }): void => {
        const next = { phase: 'running', ...progress } as const
        if (performance.now() - toldAt >= pause) enter(next)
        else state = next
      }
      const report = await exportMetadata(library, lexicon, request, { signal, onProgress })
      enter({ phase: 'ended', report })
    } catch (error) {
      enter({ phase: 'failed', failure: toFailure(error) })
    } finally {
      running = null
    }
  }
  return {
    start: (request) => {
      if (running !== null)
        throw new KartotekaError('invalid-input', 'An export goes on already. Wait for it, or stop it.')
      const stop = new AbortController()
      enter({ phase: 'running', done: 0, total: 0 })
      running = { stop, done: run(request, stop.signal) }
    },
    stop: () => running?.stop.abort(),
    state: () => state,
    end: async () => {
      running?.stop.abort()
      await running?.done
    },
  }
}
