import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChanges } from '../../../electron/service/changes.ts'

describe('what the shells are told of changes', () => {
  const told: string[] = []
  const changes = () =>
    createChanges(
      (_name, payload) => {
        if ('what' in payload) told.push(payload.what.toSorted().join(' '))
      },
      () => 1,
    )
  beforeEach(() => {
    told.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('comes at once from people, within a second from indexing, and folders more seldom', () => {
    const { now, soon, later } = changes()
    now('decisions')
    expect(told).toEqual(['decisions'])
    for (let tenth = 0; tenth < 58; tenth++) {
      soon('photos')
      later('folders')
      vi.advanceTimersByTime(100)
    }
    expect(told.filter((what) => what.includes('photos'))).toHaveLength(8)
    expect(told.filter((what) => what.includes('folders'))).toHaveLength(1)
  })

  it('comes at once from indexing, too, after a quiet time: the first photo of a new library', () => {
    const { now, soon } = changes()
    now('folders')
    soon('photos')
    expect(told).toEqual(['folders', 'photos'])
    soon('problems')
    vi.advanceTimersByTime(799)
    expect(told).toEqual(['folders', 'photos'])
    vi.advanceTimersByTime(1)
    expect(told).toEqual(['folders', 'photos', 'problems'])
  })

  it('is not told twice when somebody said it meanwhile', () => {
    const { now, later } = changes()
    later('folders')
    now('folders')
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual(['folders'])
  })

  it('is nothing any more after the end, whoever comes late', () => {
    const revision = vi.fn<() => number>(() => {
      throw new Error('The database connection is not open')
    })
    const { now, soon, later, end } = createChanges(() => told.push('late'), revision)
    end()
    now('decisions')
    soon('photos')
    later('folders')
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends with the service', () => {
    const { soon, later, end } = changes()
    soon('photos')
    soon('problems')
    later('folders')
    end()
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual(['photos'])
  })
})
