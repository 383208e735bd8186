import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { ownTerm, renameOwnLabel } from '../../../electron/core/library/decisions/own-labels.ts'
import { saveSearch, savedSearches } from '../../../electron/core/library/decisions/saved-searches.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { labelFollower } from '../../../electron/core/search/follow-label.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

/** Photos 1 and 2 are called Fifi, 2 and 3 Rex; every photo shows what the network calls a Chihuahua. */
function scene(query: string) {
  const library = tempLibrary()
  const photo = (number: number): number =>
    addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } })
  const [one, two, three] = [photo(1), photo(2), photo(3)]
  const [fifi, rex] = [ownTerm(library, 'Fifi'), ownTerm(library, 'Rex')]
  decide(library, [one, two], fifi, 'added')
  decide(library, [two, three], rex, 'added')
  saveSearch(library, { name: 'kept', query, sort: 'auto', minConfidence: null })
  return {
    library,
    kept: () => savedSearches(library)[0]?.query ?? '',
    found: () => {
      const text = savedSearches(library)[0]?.query ?? ''
      return searchPage(library, lexicon, { text, sort: 'date', minConfidence: null, language: 'en' }, 0)
        .total
    },
    rename: (name: string) => renameOwnLabel(library, fifi, name, labelFollower(library, lexicon, fifi)),
  }
}

describe('a saved search that names a label of one’s own', () => {
  it.each([
    ['fifi', 'Fiona', 'Fiona'],
    ['label:fifi', 'Fiona', 'label:"Fiona"'],
    ['"Fifi" 2019..2025', 'Our garden', '"Our garden" 2019..2025'],
    ['-fifi', 'Fiona', '-Fiona'],
    ['rex fifi', 'Fiona', 'rex Fiona'],
    ['rex | label:"fifi"', 'Fiona', 'rex | label:"Fiona"'],
    // That name has another meaning, which was not meant.
    ['fifi', 'zebra', 'label:"own:1"'],
    // Is still read as it was.
    ['fifi', 'FIFI', 'fifi'],
    ['rex', 'Fiona', 'rex'],
    ['label:"own:1"', 'Fiona', 'label:"own:1"'],
  ])('%s, when it is called %s, is %s and finds the same photos', (query, name, after) => {
    const { library, kept, found, rename } = scene(query)
    const before = found()
    rename(name)
    expect(kept()).toBe(after)
    expect(found()).toBe(before)
    undo(library)
    expect(kept()).toBe(query)
    expect(found()).toBe(before)
    redo(library)
    expect(kept()).toBe(after)
  })

  it('follows it into the one that it becomes', () => {
    const { library, kept, found, rename } = scene('label:fifi')
    expect(found()).toBe(2)
    rename('rex')
    expect(kept()).toBe('label:"Rex"')
    expect(found()).toBe(3)
    undo(library)
    expect(kept()).toBe('label:fifi')
    expect(found()).toBe(2)
  })

  it('goes on finding what else is called so', () => {
    const { kept, found, rename, library } = scene('zebra')
    rename('zebra')
    expect(kept()).toBe('zebra')
    expect(found()).toBe(2)
    const fifi = ownTerm(library, 'zebra')
    renameOwnLabel(library, fifi, 'Marty', labelFollower(library, lexicon, fifi))
    expect(kept()).toBe('zebra | Marty')
    expect(found()).toBe(2)
  })
})
