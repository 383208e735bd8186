import { describe, expect, it } from 'vitest'
import { shapeOf } from '../../../electron/core/contract/shape.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { lexicon } from './plain-search.ts'
import { putSample, sampleLibrary, type Sample } from './sample-library.ts'

const all: Search = { text: '', sort: 'date', minConfidence: null, language: 'en' }
const wide: Sample = { name: 'wide.jpg', takenAt: '2020-01-03T10:00:00', size: [300, 200] }
const turned: Sample = { name: 'turned.jpg', takenAt: '2020-01-02T10:00:00', size: [300, 200], turn: 90 }
const tall: Sample = { name: 'tall.jpg', takenAt: '2020-01-01T10:00:00', size: [300, 400], rating: 5 }

const withSamples = (
  samples: readonly Sample[],
  use: (library: ReturnType<typeof sampleLibrary>) => void,
) => {
  const library = sampleLibrary(samples, lexicon)
  try {
    use(library)
  } finally {
    library.close()
  }
}

describe('the shapes that come with an answer', () => {
  it('are those of its photos as they are shown, in the order of the list', () => {
    withSamples([tall, wide, turned], ({ reader }) => {
      const shapes = (sort: Search['sort'], limit = 10) => [
        ...(searchPage(reader, lexicon, { ...all, sort }, limit).shapes ?? []),
      ]
      expect(shapes('date')).toEqual([1.5, 2 / 3, 0.75].map(shapeOf))
      expect(shapes('stars')).toEqual([0.75, 1.5, 2 / 3].map(shapeOf))
      expect(shapes('date', 1)).toHaveLength(3)
    })
  })

  it('follow photos that come, and those that are turned', () => {
    withSamples([wide], ({ reader, db }) => {
      const shapes = () => [...(searchPage(reader, lexicon, all, 10).shapes ?? [])]
      expect(shapes()).toEqual([shapeOf(1.5)])
      db.transaction(() => putSample(db, 2, tall, lexicon))()
      expect(shapes()).toEqual([1.5, 0.75].map(shapeOf))
      db.transaction(() => putSample(db, 1, { ...wide, turn: 270 }, lexicon))()
      expect(shapes()).toEqual([2 / 3, 0.75].map(shapeOf))
    })
  })

  it('come again only when they are others', () => {
    withSamples([wide, tall], ({ reader, db }) => {
      const first = searchPage(reader, lexicon, all, 10)
      const known = { knownShapes: first.shapesVersion }
      db.transaction(() => putSample(db, 1, { ...wide, rating: 4 }, lexicon))()
      expect(searchPage(reader, lexicon, all, 10, known)).toMatchObject({
        shapes: null,
        shapesVersion: first.shapesVersion,
      })
      db.transaction(() => putSample(db, 1, { ...wide, turn: 90 }, lexicon))()
      const other = searchPage(reader, lexicon, all, 10, known)
      expect([...(other.shapes ?? [])]).toEqual([2 / 3, 0.75].map(shapeOf))
      expect(other.shapesVersion).not.toBe(first.shapesVersion)
    })
  })

  // With fewer than one photo for forty ids they are kept as a list.
  it('are read by id in a library that is not small', () => {
    const many = Array.from({ length: 420 }, (_, at): Sample => ({ ...wide, name: `${at}.jpg` }))
    withSamples([...many, tall], ({ reader }) => {
      const { shapes } = searchPage(reader, lexicon, all, 1)
      expect([0, 419, 420].map((at) => shapes?.[at])).toEqual([1.5, 1.5, 0.75].map(shapeOf))
    })
  })
})
