import { isAbsolute } from 'node:path'
import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { Context } from '../context.ts'

type MetadataCalls = 'exportMetadata' | 'stopMetadataExport' | 'getMetadataExport'

/** What the library says, for other programs. */
export function metadataHandlers({ metadataExport }: Context): Pick<ServiceHandlers, MetadataCalls> {
  return {
    exportMetadata: ({ format, folder, language }) => {
      if (!isAbsolute(folder)) {
        throw new KartotekaError('invalid-input', `${folder} is not the full path of a folder.`)
      }
      metadataExport.start({ format, to: folder, photoIds: null, language })
      return null
    },
    stopMetadataExport: () => {
      metadataExport.stop()
      return null
    },
    getMetadataExport: () => metadataExport.state(),
  }
}
