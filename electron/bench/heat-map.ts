import { valueOf } from '../core/contract/failure.ts'
import { inService } from './in-service.ts'

/** The photo in the viewer, its two neighbours, and one to go on to. */
export const viewedPhotos = { count: 4, width: 4000, height: 3000 }

/**
 * Asks as the viewer does: for the photo itself, for both neighbours, and, while those are made, where a label was seen
 * in it.
 * @param photo of which the time counts: the first one, or the one that is gone on to when the neighbours are there
 * @returns milliseconds from the question to the heat map
 */
export function heatMapTime(library: string, photo: 'first' | 'next'): Promise<number> {
  return inService(library, async ({ call, inner }) => {
    const search = { text: '', sort: 'date', minConfidence: null, language: 'en' }
    const found = await call('getIds', { search, offset: 0, limit: viewedPhotos.count })
    const [shown = 0, before = 0, after = 0, further = 0] = valueOf(found) as number[]
    const view = (id: number): Promise<unknown> =>
      inner('media', { method: 'GET', target: `/view/${id}`, ifNoneMatch: null })
    const heatMap = async (id: number): Promise<number> => {
      const asked = performance.now()
      valueOf(await call('getHeatMap', { id, term: 'class:340' }))
      return performance.now() - asked
    }
    await view(shown)
    const neighbours = Promise.all([before, after].map(view))
    const first = await heatMap(shown)
    await neighbours
    return photo === 'first' ? first : heatMap(further)
  })
}
