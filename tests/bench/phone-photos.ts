import { join, resolve } from 'node:path'

const samples = resolve(import.meta.dirname, '../../../shared/photos/corpus')

/** HEIC files of 12 to 16 megapixels as three makers' phones wrote them: Apple, Nokia and Samsung. */
export const phonePhotos: readonly string[] = [
  'ianare-exif-samples/heic/mobile/iphone_13_pro_max.HEIC',
  'ianare-exif-samples/heic/mobile/HMD_Nokia_8.3_5G.heif',
  'immich-test-assets/formats/motionphoto/samsung-one-ui-6.heic',
].map((name) => join(samples, name))
