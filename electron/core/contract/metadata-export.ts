import * as v from 'valibot'
import { failure } from './states.ts'
import { count } from './values.ts'

/** Labels, stars, titles, dates and places on their way out of the library: see `core/metadata-out`. */

/** `xmp`: a sidecar for each photo file, in a tree like that of the folders; `csv`, `json`: one file. */
export const exportFormat = v.picklist(['xmp', 'csv', 'json'])
export type ExportFormat = v.InferOutput<typeof exportFormat>

export const exportReport = v.object({
  /** The folder, or the file that was made. */
  to: v.string(),
  photos: count,
  /** Files that were written, and those that said the same already. */
  written: count,
  unchanged: count,
  failed: count,
  /** A sentence that names the file for each of the first that failed. */
  failures: v.array(v.string()),
  stopped: v.boolean(),
})
export type ExportReport = v.InferOutput<typeof exportReport>

/** Of the export that goes on, or went on last. */
export const exportState = v.variant('phase', [
  v.object({ phase: v.literal('idle') }),
  v.object({ phase: v.literal('running'), done: count, total: count }),
  v.object({ phase: v.literal('ended'), report: exportReport }),
  v.object({ phase: v.literal('failed'), failure }),
])
export type ExportState = v.InferOutput<typeof exportState>
