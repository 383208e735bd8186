import type { EventName } from '../core/contract/contract.ts'
import type { ShownFile } from '../core/contract/shell-calls.ts'
import type { Look } from '../core/contract/looks.ts'
import type { Failure, Result } from '../core/contract/failure.ts'
import type { CopyingCalls } from '../core/give-away/copying-protocol.ts'
import type { FoundSource } from '../core/give-away/sources.ts'
import type { FoldersRequest } from '../core/indexing/index-folders.ts'
import type { MovedFolder } from '../core/indexing/moved-folder.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import type { MediaRequest, MediaResponse } from '../core/media/respond.ts'

/** What a shell needs to know of a photo's file to move it to the trash. */
export interface LocatedFile {
  readonly fileId: number
  readonly photoId: number
  /** In the text form of `electron/core/paths/os-path.ts`. */
  readonly path: string
  /** Bytes, as indexed. */
  readonly size: number
  /** Unix time in milliseconds, as indexed. */
  readonly mtime: number
  /** It is there; else its disk is away, and it only counts as a file that the photo has left. */
  readonly here: boolean
  /** The photo has stars or an album, or words of the person's own. */
  readonly cherished: boolean
  /** It holds another content than was read of it. */
  readonly changed: boolean
}

/** Calls between a shell and its service that the renderer never sees. */
export interface InnerCalls {
  readonly media: { readonly input: MediaRequest; readonly output: MediaResponse }
  /** In the text form of `electron/core/paths/os-path.ts`; `null` when there is none of that id. */
  readonly pathOf: { readonly input: ShownFile; readonly output: string | null }
  /** The files of photos, of each the one that speaks for it first; unknown ids and untrusted folders are left out. */
  readonly locateFiles: { readonly input: readonly number[]; readonly output: LocatedFile[] }
  /** What a copy of a photo is made from, on wish with the sidecars beside it. */
  readonly copySource: {
    readonly input: { readonly photoId: number; readonly sidecars: boolean }
    readonly output: FoundSource
  }
  /** A photo as JPEG, for a ZIP. */
  readonly renderCopy: CopyingCalls['render']
  /** The files are in the trash now: forget them. */
  readonly filesTrashed: { readonly input: readonly number[]; readonly output: null }
  /** Whether this computer runs on its battery, for the setting that pauses then. */
  readonly onBattery: { readonly input: boolean; readonly output: null }
  /** For the command line: which new folders look like one of the library that is away. */
  readonly movedAmong: { readonly input: readonly string[]; readonly output: MovedFolder[] }
  /** The photos of a folder of the library, named by its path, are in another folder now. */
  readonly relocate: { readonly input: MovedFolder; readonly output: null }
  /** One run for the command line, until it has come to its end. */
  readonly index: {
    readonly input: FoldersRequest & { readonly look: Look | null }
    readonly output: RunSummary
  }
}
export type InnerName = keyof InnerCalls

export type InnerHandlers = {
  readonly [Name in InnerName]: (
    input: InnerCalls[Name]['input'],
  ) => InnerCalls[Name]['output'] | Promise<InnerCalls[Name]['output']>
}

export type ToService =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'inner'; readonly id: number; readonly name: InnerName; readonly input: unknown }
  | { readonly kind: 'ping' }
  | { readonly kind: 'stop' }

export type FromService =
  /** The library is open; calls are answered from now on. */
  | { readonly kind: 'ready' }
  /** It cannot be opened and trying again will not help; the process ends by itself. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly name: EventName; readonly payload: unknown }
  /** To the command line: what `index` did up to now, which counts also when the process goes down. */
  | { readonly kind: 'soFar'; readonly summary: RunSummary }
  | { readonly kind: 'pong' }
