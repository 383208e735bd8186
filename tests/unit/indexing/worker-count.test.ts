import { describe, expect, it } from 'vitest'
import {
  priorityFor,
  thisMachine,
  workersFor,
  workersWorth,
} from '../../../electron/core/indexing/worker-count.ts'

const gigabyte = 1024 ** 3
const machine = (physicalCores: number, gigabytes = 32) => ({
  physicalCores,
  memoryBytes: gigabytes * gigabyte,
})

describe('workers', () => {
  it.each([
    [1, 1, 1, 1],
    [2, 2, 1, 1],
    [4, 4, 3, 1],
    [8, 8, 7, 2],
    [64, 16, 16, 16],
  ])('on %i cores: %i with full effort, %i normally, %i gently', (cores, full, normal, gentle) => {
    expect(workersFor('full', machine(cores))).toBe(full)
    expect(workersFor('normal', machine(cores))).toBe(normal)
    expect(workersFor('gentle', machine(cores))).toBe(gentle)
  })

  it('are no more than the memory bears', () => {
    expect(workersFor('full', machine(16, 2))).toBe(2)
    expect(workersFor('full', machine(16, 0.5))).toBe(1)
  })

  it('are no more than the photos are worth that wait, and one in any case', () => {
    expect([0, 1, 8, 9, 16, 17, 1000].map(workersWorth)).toEqual([1, 1, 1, 2, 2, 3, 125])
  })

  it('are one for a graphics card', () => {
    expect(workersFor('full', machine(16), true)).toBe(1)
  })

  it('yield to other programs the more, the gentler they are', () => {
    expect(priorityFor('full')).toBe(0)
    expect(priorityFor('normal')).toBeGreaterThan(0)
    expect(priorityFor('gentle')).toBeGreaterThan(priorityFor('normal'))
  })

  it('are counted on this machine by its cores', () => {
    const { physicalCores, memoryBytes } = thisMachine()
    expect(physicalCores).toBeGreaterThanOrEqual(1)
    expect(memoryBytes).toBeGreaterThan(gigabyte / 4)
  })
})
