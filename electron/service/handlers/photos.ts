import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import { shownOrientation } from '../../core/imaging/turn.ts'
import { photoSource } from '../../core/library/photos/best-file.ts'
import { termOf } from '../../core/labels/term.ts'
import type { Context } from '../context.ts'

type PhotoCalls =
  | 'search'
  | 'getWindow'
  | 'getIds'
  | 'getPhotos'
  | 'getPhoto'
  | 'getHeatMap'
  | 'complete'
  | 'matchLabels'
  | 'getSelectionLabels'
  | 'getFacets'

/** Finding and showing photos. */
export function photoHandlers({
  library,
  lexicon,
  searches,
  model,
  viewing,
}: Context): Pick<ServiceHandlers, PhotoCalls> {
  return {
    search: async (input) => {
      const { days, ...page } = await searches.ask('search', input)
      return { ...page, days: [...days] }
    },
    getWindow: (input) => searches.ask('getWindow', input),
    getIds: async (input) => [...(await searches.ask('getIds', input))],
    getPhotos: (input) => searches.ask('getPhotos', input),
    getPhoto: async ({ id, language }) => {
      const details = await searches.ask('getPhoto', { id, language })
      if (details === null) throw new KartotekaError('not-found', `There is no photo ${id}.`)
      return details
    },
    getHeatMap: async ({ id, term }) => {
      const termId = lexicon.idOf(term)
      const classes = termId === null ? [] : classesOf(lexicon, termId)
      if (classes.length === 0) {
        throw new KartotekaError('invalid-input', `${term} is not a label that the model sees.`)
      }
      const file = photoSource(library, id)
      if (file === null) throw new KartotekaError('not-found', `There is no photo ${id}.`)
      if (file.presence !== 'here')
        throw new KartotekaError('offline', `${file.path} is not there at the moment.`)
      const models = await model.files()
      if (!models.ok) throw new KartotekaError(models.error.code, models.error.message)
      const { path } = file
      const orientation = shownOrientation(file.orientation, file.turn)
      const values = await viewing.ask('heatMap', { path, orientation, classes, models: models.value })
      return { term, size: 7, values }
    },
    complete: (input) => searches.ask('complete', input),
    matchLabels: (input) => searches.ask('matchLabels', input),
    getSelectionLabels: (input) => searches.ask('getSelectionLabels', input),
    getFacets: (input) => searches.ask('getFacets', input),
  }
}

function classesOf(lexicon: Context['lexicon'], id: number): readonly number[] {
  const term = termOf(id)
  if (term.kind === 'class') return [term.classIndex]
  return lexicon.categories.find((category) => category.id === id)?.classes ?? []
}
