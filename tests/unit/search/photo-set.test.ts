import { describe, expect, it } from 'vitest'
import { photoSets, type PhotoSet } from '../../../electron/core/search/photo-set.ts'

const megabyte = 2 ** 20
const setOf = (megabytes: number): PhotoSet => ({
  ids: new Int32Array((megabytes * megabyte) / 4),
  scores: null,
})

describe('the sets of photos that are kept', () => {
  it('are those used last, up to 32 megabytes', () => {
    const sets = photoSets()
    const [dog, cat, bird] = [setOf(12), setOf(12), setOf(12)]
    sets.keep('dog', dog)
    sets.keep('cat', cat)
    expect(sets.get('dog')).toBe(dog)
    sets.keep('bird', bird)
    expect(sets.get('cat')).toBeUndefined()
    expect(sets.get('dog')).toBe(dog)
    expect(sets.get('bird')).toBe(bird)
  })

  it('count with their scores', () => {
    const sets = photoSets()
    const scored = { ids: new Int32Array(4 * megabyte), scores: new Uint16Array(4 * megabyte) }
    sets.keep('dog', setOf(9))
    sets.keep('animal', scored)
    expect(sets.get('dog')).toBeUndefined()
    expect(sets.get('animal')).toBe(scored)
  })

  it('leave out one that would not fit by itself, and stay as they are', () => {
    const sets = photoSets()
    const dog = setOf(1)
    sets.keep('dog', dog)
    sets.keep('everything', setOf(33))
    expect(sets.get('everything')).toBeUndefined()
    expect(sets.get('dog')).toBe(dog)
  })
})
