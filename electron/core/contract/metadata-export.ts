import * as v from 'valibot'
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
