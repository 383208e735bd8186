import type { ServiceHandlers } from '../../core/contract/contract.ts'
import type { Context } from '../context.ts'
import { givenFolder } from './given-path.ts'

type MetadataCalls = 'exportMetadata' | 'stopMetadataExport' | 'getMetadataExport'

/** What the library says, for other programs. */
export function metadataHandlers({ metadataExport }: Context): Pick<ServiceHandlers, MetadataCalls> {
  return {
    exportMetadata: ({ format, folder, language }) => {
      metadataExport.start({ format, to: givenFolder(folder), photoIds: null, language })
    },
    stopMetadataExport: metadataExport.stop,
    getMetadataExport: metadataExport.state,
  }
}
