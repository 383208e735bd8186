import type { Lexicon } from '../core/labels/lexicon.ts'
import type { Library } from '../core/library/library.ts'
import type { ModelCalls } from '../core/media/model-protocol.ts'
import type { SearchCalls } from '../core/search/search-protocol.ts'
import type { Indexer } from '../core/indexing/indexer.ts'
import type { CallingThread } from './calling-thread.ts'
import type { CopyingCalls } from '../core/give-away/copying-protocol.ts'
import type { Changes } from './changes.ts'
import type { Copying } from './copying.ts'
import type { DescriptorMaker } from './descriptor-maker.ts'
import type { FolderWatch } from './folder-watch.ts'
import type { OfflineHiding } from './offline-hiding.ts'
import type { IndexingControl } from './indexing-control.ts'
import type { MetadataExport } from './metadata-export.ts'
import type { ModelProvider } from './model-provider.ts'
import type { Networks } from './networks.ts'
import type { Notices } from './notices.ts'
import type { PlaceFiller } from './place-filler.ts'
import type { SidecarWriter } from './sidecar-writer.ts'
import type { ServiceOptions } from './options.ts'
import type { Teacher } from './teacher.ts'
import type { ThumbnailSweeper } from './thumbnail-sweeper.ts'
import type { Viewing } from './viewing.ts'

/** What the handlers of an open library work with. */
export interface Context {
  readonly options: ServiceOptions
  readonly library: Library
  readonly lexicon: Lexicon
  /** Answers all that only reads the library. */
  readonly searches: Pick<CallingThread<SearchCalls>, 'ask'>
  readonly indexer: Indexer
  readonly indexing: IndexingControl
  readonly copying: Copying
  /** Makes copies of photos for others. */
  readonly copyThread: Pick<CallingThread<CopyingCalls>, 'ask'>
  readonly model: ModelProvider
  /** Runs the model outside of indexing. */
  readonly modelThread: Pick<CallingThread<ModelCalls>, 'ask'>
  readonly networks: Networks
  readonly viewing: Viewing
  readonly thumbnails: ThumbnailSweeper
  readonly places: PlaceFiller
  readonly descriptors: DescriptorMaker
  readonly changes: Changes
  readonly watch: FolderWatch
  readonly offlineHiding: OfflineHiding
  readonly metadataExport: MetadataExport
  readonly sidecars: SidecarWriter
  readonly teacher: Teacher
  /** What people should know. */
  readonly notices: Notices
  /** Aborted when the library is to be closed: long work stops at its next step. */
  readonly ending: AbortSignal
  readonly log: (line: string) => void
}
