import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import { photoFile } from '../../core/library/photos/best-file.ts'
import { complete } from '../../core/search/complete.ts'
import { matchLabels } from '../../core/search/match-labels.ts'
import { photoDetails } from '../../core/search/photo-details.ts'
import { idsOf, outlineOf, photosOf, windowOf } from '../../core/search/search.ts'
import { thingsOf } from '../../core/search/things.ts'
import { termOf } from '../../core/labels/term.ts'
import type { Context } from '../context.ts'

type PhotoCalls =
  | 'getOutline'
  | 'getWindow'
  | 'getIds'
  | 'getPhotos'
  | 'getPhoto'
  | 'getHeatMap'
  | 'complete'
  | 'matchLabels'
  | 'getThings'

/** Finding and showing photos. */
export function photoHandlers({
  library,
  lexicon,
  model,
  viewing,
}: Context): Pick<ServiceHandlers, PhotoCalls> {
  return {
    getOutline: (search) => outlineOf(library, lexicon, search),
    getWindow: ({ search, offset, limit }) => windowOf(library, lexicon, search, offset, limit),
    getIds: ({ search, offset, limit }) => [...idsOf(library, lexicon, search, offset, limit)],
    getPhotos: ({ search, photoIds }) => photosOf(library, lexicon, search, photoIds),
    getPhoto: ({ id, language }) => {
      const details = photoDetails(library, lexicon, id, language)
      if (details === null) throw new KartotekaError('not-found', `There is no photo ${id}.`)
      return details
    },
    getHeatMap: async ({ id, term }) => {
      const termId = lexicon.idOf(term)
      const classes = termId === null ? [] : classesOf(lexicon, termId)
      if (classes.length === 0) {
        throw new KartotekaError('invalid-input', `${term} is not a label that the model sees.`)
      }
      const file = photoFile(library, id)
      if (file === null) throw new KartotekaError('not-found', `There is no photo ${id}.`)
      if (!file.here) throw new KartotekaError('offline', `${file.path} is not there at the moment.`)
      const models = await model.files()
      if (!models.ok) throw new KartotekaError(models.error.code, models.error.message)
      const values = await viewing.ask('heatMap', { path: file.path, classes, models: models.value })
      return { term, size: 7, values }
    },
    complete: (request) => complete(library, lexicon, request),
    matchLabels: (request) => matchLabels(library, lexicon, request),
    getThings: ({ language }) => thingsOf(library, lexicon, language),
  }
}

function classesOf(lexicon: Context['lexicon'], id: number): readonly number[] {
  const term = termOf(id)
  if (term.kind === 'class') return [term.classIndex]
  return lexicon.categories.find((category) => category.id === id)?.classes ?? []
}
