import type { ReadLimits } from './photo-reading.ts'

/**
 * What one photo may cost. 300 megapixels is more than any camera gives in one shot and lets large scans in;
 * decoders that need a picture whole in memory refuse earlier (decode/decoded.ts). No photo takes 30 seconds
 * unless it was made to.
 */
export const standardLimits: ReadLimits = {
  maxPixels: 300_000_000,
  maxBytes: 512 * 1024 * 1024,
  timeout: 30_000,
}
