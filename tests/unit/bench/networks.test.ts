import { expect, test } from 'vitest'
import { gainWithin } from '../../../electron/bench/careful-look.ts'
import type { NetworkFigures } from '../../../electron/bench/networks.ts'
import { sentences } from '../../../electron/bench/networks-report.ts'
import { alexnet } from '../../../native-models/architectures/alexnet.ts'
import { releasedGoogLeNet } from '../../../native-models/architectures/googlenet-family.ts'
import { family, sizeOf } from '../../../native-models/comparison/family.ts'

function figures(name: string, ms: number, more: Partial<NetworkFigures> = {}): NetworkFigures {
  const architecture = name === 'AlexNet' ? alexnet : releasedGoogLeNet
  const published = family.find((each) => each.architecture === architecture)?.published ?? null
  const own = { weights: 'real', megabytes: 1, measured: null } as const
  return { name, ms, published, ...sizeOf(architecture), ...own, ...more }
}

const asPublished = figures('GoogLeNet, as published', 40, { measured: { first: 78.6, amongFive: 95.2 } })

test('three sentences say how GoogLeNet compares with AlexNet, with the fastest of its graphs', () => {
  const graphs = [figures('GoogLeNet, ours, exact', 20), figures('GoogLeNet, ours, int8', 8)]
  expect(sentences([figures('AlexNet', 24), asPublished, ...graphs])).toEqual([
    'GoogLeNet has 8.7 times fewer parameters than AlexNet: 7 against 61 million.',
    'It is computed 3 times faster than AlexNet: 8 ms a photo against 24 (as published 40 ms, with 2.2 times the multiply-adds).',
    "It classifies better: 68.7 / 88.9 % right at the first guess and among five, AlexNet 57.1 / 80.2 %, as published; here 78.6 / 95.2 %, AlexNet's weights are not here.",
  ])
})

test('a machine on which it is slower is told so', () => {
  expect(sentences([figures('AlexNet', 24), asPublished])[1]).toContain('1.7 times slower than AlexNet')
})

test('what a look gains is counted photo by photo, with an interval around it', () => {
  // Of four photos one is right only before, two only after.
  const gain = gainWithin([1, 2, 6, 1], [2, 1, 1, 1], 1)
  expect(gain.points).toBe(25)
  expect(gain.low).toBeLessThan(25)
  expect(gain.high).toBeGreaterThan(25)
  expect(gainWithin([1, 5], [5, 1], 5)).toEqual({ points: 0, low: 0, high: 0 })
})
