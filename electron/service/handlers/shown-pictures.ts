import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { valueOf } from '../../core/contract/failure.ts'
import type { shownPictureCalls } from '../../core/contract/shown-pictures.ts'
import type { Context } from '../context.ts'

/** Pictures that are not in the library, for photos like them. */
export function shownPictureHandlers({
  model,
  modelThread,
  searches,
  viewing,
}: Context): Pick<ServiceHandlers, keyof typeof shownPictureCalls> {
  return {
    showPicture: async ({ name, bytes }) => {
      const { contentHash, jpeg } = await viewing.ask('picture', {
        name,
        bytes: Buffer.from(bytes, 'base64'),
      })
      const onCpu = await model.onCpu()
      const models = valueOf(await model.files())
      const descriptor = await modelThread.ask('describe', {
        thumbnail: jpeg,
        turn: 0,
        model: onCpu ?? models.fp32,
      })
      const mark = `@${contentHash.slice(0, 8)}`
      await searches.ask('holdPicture', { mark, name, descriptor })
      return { mark, preview: Buffer.from(jpeg).toString('base64') }
    },
  }
}
