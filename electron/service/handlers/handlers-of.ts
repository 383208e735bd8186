import type { Context } from '../context.ts'
import { albumHandlers } from './albums.ts'
import { dateAndPlaceHandlers } from './dates-and-places.ts'
import { copyHandlers } from './copies.ts'
import { decisionHandlers } from './decisions.ts'
import { folderHandlers } from './folders.ts'
import { mapHandlers } from './map.ts'
import { metadataHandlers } from './metadata.ts'
import { networkHandlers } from './networks.ts'
import { indexingHandlers } from './indexing.ts'
import { photoHandlers } from './photos.ts'
import { providerHandlers } from './providers.ts'
import { searchHandlers } from './searches.ts'
import { statusHandlers } from './status.ts'
import { duplicateHandlers } from './duplicates.ts'
import { shownPictureHandlers } from './shown-pictures.ts'
import { stackHandlers } from './stacks.ts'
import { teachingHandlers } from './teaching.ts'
import { examine } from './doctor.ts'

/** What answers the calls of the contract, by subject. */
export function handlersOf(context: Context) {
  return {
    ...statusHandlers(context),
    ...photoHandlers(context),
    ...decisionHandlers(context),
    ...albumHandlers(context),
    ...searchHandlers(context),
    ...duplicateHandlers(context),
    ...stackHandlers(context),
    ...shownPictureHandlers(context),
    ...teachingHandlers(context),
    ...dateAndPlaceHandlers(context),
    ...copyHandlers(context),
    ...folderHandlers(context),
    ...mapHandlers(context),
    ...indexingHandlers(context),
    ...metadataHandlers(context),
    ...networkHandlers(context),
    ...providerHandlers(context),
    getDoctor: () => examine(context),
  }
}
