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
