import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import { changeDates, previewDates } from '../../core/library/decisions/date-changes.ts'
import { flushDeferred } from '../../core/library/decisions/deferred-index.ts'
import { changePlaces, previewPlaces } from '../../core/library/decisions/place-changes.ts'
import { yieldToEventLoop } from '../../core/library/library.ts'
import { localDay } from '../../core/search/language/dates/calendar.ts'
import { typedMoment } from '../../core/search/language/dates/typed-moment.ts'
import { townsMeant } from '../../core/search/towns.ts'
import type { Context } from '../context.ts'

type DateAndPlaceCalls =
  'readDate' | 'previewDates' | 'changeDates' | 'findTowns' | 'previewPlaces' | 'changePlaces'

/** When and where photos were taken, as a person says it. */
export function dateAndPlaceHandlers({
  library,
  places,
  changes,
  ending,
}: Context): Pick<ServiceHandlers, DateAndPlaceCalls> {
  /** It is kept at once and as a whole; where it is about many photos, others are answered until they are found by it. */
  const done = async (changed: number): Promise<{ changed: number }> => {
    try {
      if (changed > 0) await flushDeferred(library, undefined, ending)
    } finally {
      if (changed > 0) changes.now('decisions', 'tags', 'photos', 'folders')
    }
    return { changed }
  }
  return {
    readDate: ({ text, monthFirst }) =>
      typedMoment(text, { today: localDay(new Date()), southern: false, monthFirst }),
    previewDates: ({ photoIds, change }) => previewDates(library, photoIds, change),
    changeDates: ({ photoIds, change }) => done(changeDates(library, photoIds, change)),
    findTowns: async ({ text, language }) => {
      const gazetteer = await places.gazetteer()
      if (gazetteer === null)
        throw new KartotekaError('not-found', 'The list of places is missing, so no town can be looked up.')
      return townsMeant(gazetteer, text, language, yieldToEventLoop)
    },
    previewPlaces: ({ photoIds, change, language }) => previewPlaces(library, photoIds, change, language),
    changePlaces: ({ photoIds, change }) => done(changePlaces(library, photoIds, change)),
  }
}
