import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { compareWays, exactClassifier, heicFiles } from './heic.ts'

/** Limited range of one piece; limited range by BT.709; a grid that ends within its tiles; one that is turned. */
const handful = ['heic-single.heic', 'HMD_Nokia_8.3_5G_hdr.heif', 'IMG_5195.HEIC', 'samsung-one-ui-6.heic']

describe('a HEIC decoded tile by tile', () => {
  let classifier: Classifier
  beforeAll(async () => {
    classifier = await exactClassifier()
  })
  afterAll(() => classifier.release())

  it.each(handful)('has the size, the colours and the labels of the whole in RGB: %s', async (name) => {
    const path = heicFiles().find((file) => basename(file) === name)
    const ways = await compareWays(path ?? name, classifier)
    expect(ways?.sizes[0]).toBe(ways?.sizes[1])
    expect(ways?.difference).toBeLessThan(1.5)
    expect(ways?.tie).toBeLessThan(0.01)
  })
})
