import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError, valueOf } from '../../core/contract/failure.ts'
import { shownOrientation } from '../../core/imaging/turn.ts'
import { photoSource } from '../../core/library/photos/best-file.ts'
import { pictureVersion } from '../../core/library/photos/picture-version.ts'
import { termOf } from '../../core/labels/term.ts'
import type { Context } from '../context.ts'
import { packedText } from '../packed-text.ts'
import { thumbnailOf } from '../thumbnail-of.ts'

type PhotoCalls = 'search' | 'getIds' | 'getPhoto' | 'getOwnPixels' | 'getAnimation' | 'getHeatMap'

/** Crosses to the window as text: larger ones are not worth it. */
const animationBytes = 24 * 1024 * 1024

/** Finding and showing photos. */
export function photoHandlers(context: Context): Pick<ServiceHandlers, PhotoCalls> {
  const { library, lexicon, searches, model, modelThread, viewing } = context
  return {
    search: async (input) => {
      const { days, shapes, ...page } = await searches.ask('search', input)
      return {
        ...page,
        days: [...days],
        shapes: shapes === null ? null : packedText(shapes),
      }
    },
    getIds: async (input) => [...(await searches.ask('getIds', input))],
    getPhoto: async (input) => (await searches.ask('getPhoto', input)) ?? noPhoto(input.id),
    getOwnPixels: async ({ id }) => {
      const photo = photoSource(library, id) ?? noPhoto(id)
      const { path, contentHash, orientation, turn, presence } = photo
      if (presence !== 'here') {
        return { kind: 'preview', why: presence === 'offline' ? 'offline' : 'missing', detail: null }
      }
      return viewing.ask('describeOriginal', { path, contentHash, orientation, turn })
    },
    getAnimation: async ({ id }) => {
      const photo = photoSource(library, id) ?? noPhoto(id)
      if (photo.presence !== 'here') return null
      const { path, contentHash, orientation, turn } = photo
      const { type, bytes } = await viewing.ask('original', { path, contentHash, orientation, turn })
      return bytes.length > animationBytes ? null : { type, base64: packedText(bytes) }
    },
    getHeatMap: async ({ id, term }) => {
      const termId = lexicon.idOf(term)
      const classes = termId === null ? [] : classesOf(lexicon, termId)
      if (classes.length === 0) {
        throw new KartotekaError('invalid-input', `${term} is not a label that the model sees.`)
      }
      const photo = photoSource(library, id) ?? noPhoto(id)
      const models = valueOf(await model.files())
      const onCpu = await model.onCpu()
      if (onCpu?.projection === null) {
        throw new KartotekaError(
          'unsupported',
          `${onCpu.identity.name} does not tell where it sees something.`,
        )
      }
      const thumbnail = await thumbnailOf(context, photo)
      if (thumbnail === null)
        throw new KartotekaError('offline', `${photo.path} cannot be read at the moment.`)
      const values = await modelThread.ask('heatMap', {
        version: pictureVersion(photo.contentHash, shownOrientation(photo.orientation, photo.turn)),
        thumbnail,
        turn: photo.turn,
        classes,
        model: onCpu ?? models.fp32,
        models: models,
      })
      return { term, size: 7, values }
    },
  }
}

function noPhoto(id: number): never {
  throw new KartotekaError('not-found', `There is no photo ${id}.`)
}

function classesOf(lexicon: Context['lexicon'], id: number): readonly number[] {
  const term = termOf(id)
  if (term.kind === 'class') return [term.classIndex]
  return lexicon.categories.find((category) => category.id === id)?.classes ?? []
}
