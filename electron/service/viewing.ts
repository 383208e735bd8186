import { dirname } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { isTrustedFolder } from '../core/library/roots/trust.ts'
import type { ViewingCalls } from '../core/media/viewing-protocol.ts'
import { createCallingThread, type CallingThread } from './calling-thread.ts'

/** The service's hand in the viewing thread. */
export type Viewing = CallingThread<ViewingCalls>

/** Starts the thread at the first question: one hostile file costs one picture. */
export const createViewing = (entry: URL): Viewing =>
  createCallingThread<ViewingCalls>({
    entry,
    died: 'Reading this file ended the thread that shows photos.',
  })

/** The same for folders that may be looked into: a library from elsewhere may name any file of this computer. */
export function withinTrust(viewing: Viewing): Viewing {
  return {
    ...viewing,
    ask: async (name, input) => {
      if ('path' in input && !isTrustedFolder(dirname(input.path))) {
        throw new KartotekaError(
          'folder-untrusted',
          `${input.path} came with the library and is not looked at.`,
        )
      }
      return viewing.ask(name, input)
    },
  }
}
