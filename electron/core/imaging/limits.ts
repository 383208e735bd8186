import type { ReadLimits } from './photo-reading.ts'

/**
 * What one photo may cost. 100 megapixels is more than any camera back or phone gives in one shot and keeps
 * the worst path (a progressive JPEG, whose coefficients take 6 bytes a pixel) within 600 MB; larger scans
 * are told to be too large. No photo takes 30 seconds unless it was made to.
 */
export const standardLimits: ReadLimits = {
  maxPixels: 100_000_000,
  maxBytes: 512 * 1024 * 1024,
  timeout: 30_000,
}
