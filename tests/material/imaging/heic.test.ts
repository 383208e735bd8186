import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { compareWays, exactClassifier, heicFiles } from './heic.ts'

/** Among them limited range of one piece, limited range by BT.709, a grid that ends within its tiles, and turned ones. */
const files = heicFiles().map((path) => ({ name: basename(path), path }))

describe('a HEIC decoded tile by tile', () => {
  let classifier: Classifier
  beforeAll(async () => {
    classifier = await exactClassifier()
  })
  afterAll(() => classifier.release())

  it('is every one of the collections', () => {
    expect(files).toHaveLength(11)
  })

  it.each(files)('has the size, the colours and the labels of the whole in RGB: $name', async ({ path }) => {
    const ways = await compareWays(path, classifier)
    expect(ways?.sizes[0]).toBe(ways?.sizes[1])
    expect(ways?.difference).toBeLessThan(1.5)
    expect(ways?.tie).toBeLessThan(0.01)
  })
})
