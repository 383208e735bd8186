import { existsSync } from 'node:fs'
import { closeSimilar } from '../core/alike/similar.ts'
import { knownPart } from '../core/contract/dates.ts'
import { holdPicture } from '../core/search/search.ts'
import { searchResult } from '../core/search/search-result.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { percent, print, printJson, table } from './output.ts'
import { outsidePicture } from './outside-picture.ts'
import { fileNamed, isNumber, photosNamed } from './photo-argument.ts'

export interface SimilarOptions extends CommonOptions {
  readonly limit: number
}

/**
 * `kartoteka similar PHOTO`: the search `similar:ID`, without the photo itself. A file that is not in the library is looked at
 * now.
 */
export async function similarCommand(photo: string, options: SimilarOptions): Promise<void> {
  const found = await withLibrary(options, async (library, lexicon) => {
    const isOutside = !isNumber(photo) && fileNamed(library, photo) === null && existsSync(photo)
    const outside = isOutside ? await outsidePicture(photo) : null
    const [id = null] = outside === null ? photosNamed(library, [photo]) : []
    try {
      if (outside !== null) holdPicture(library, lexicon, outside)
      const search = {
        text: `similar:${outside?.mark ?? id}`,
        sort: 'auto',
        minConfidence: null,
        language: 'en',
      } as const
      const result = searchResult(library, lexicon, search, { offset: 0, limit: options.limit + 1 })
      return {
        id,
        isKnown: outside !== null || result.total > 0,
        photos: result.photos.filter((each) => each.id !== id),
      }
    } finally {
      closeSimilar(library)
    }
  })
  const photos = found.photos
    .slice(0, options.limit)
    .map(({ id, path, confidence, takenAt, takenPrecision }) => ({
      id,
      path,
      likeness: confidence,
      takenAt: takenAt === null ? null : knownPart(takenAt, takenPrecision),
    }))
  if (options.json === true) return printJson({ photo: found.id, isKnown: found.isKnown, photos })
  if (!found.isKnown) {
    return print(
      'What this photo looks like is not known yet. It is found out while the photo is indexed; for one indexed by an older Kartoteka in the background, while the window is open.',
    )
  }
  if (photos.length === 0) return print('No other photo looks like it.')
  return print(
    table(
      ['id', 'alike', 'taken', 'file'],
      photos.map(({ id, likeness, takenAt, path }) => [id, percent(likeness), takenAt ?? '', path]),
    ),
  )
}
