import type { Hindrance } from '../contract/states.ts'

/** Where indexing is. `because` is why it does not go on, or why it ended early; `null` when people asked for that. */
export type RunState =
  | { readonly is: 'idle'; readonly because: Hindrance | null }
  /** Folders are looked through; photos may be read meanwhile. */
  | { readonly is: 'scanning' }
  /** All folders were looked through; the queue is worked off. */
  | { readonly is: 'indexing' }
  /** No photo is begun any more, those in work are finished. */
  | { readonly is: 'pausing'; readonly because: Hindrance | null; readonly scanned: boolean }
  | { readonly is: 'paused'; readonly because: Hindrance | null; readonly scanned: boolean }
  /** The photos in work are finished, then the run ends. */
  | { readonly is: 'stopping' }

export type RunEvent =
  | { readonly type: 'started' }
  | { readonly type: 'scanned' }
  | { readonly type: 'pause'; readonly because: Hindrance | null }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  /** No photo is in work any more. */
  | { readonly type: 'drained' }
  /** The run is over. */
  | { readonly type: 'ended'; readonly because: Hindrance | null }

export const idle: RunState = { is: 'idle', because: null }

/** The state after an event; the same one when the event changes nothing. */
export function nextState(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'started':
      return { is: 'scanning' }
    case 'ended':
      return { is: 'idle', because: event.because }
    case 'stop':
      return state.is === 'idle' ? state : { is: 'stopping' }
    case 'pause':
      return pausedFor(state, event.because)
    case 'resume':
      if (state.is !== 'pausing' && state.is !== 'paused') return state
      return { is: state.scanned ? 'indexing' : 'scanning' }
    case 'scanned':
      if (state.is === 'scanning') return { is: 'indexing' }
      return state.is === 'pausing' || state.is === 'paused' ? { ...state, scanned: true } : state
    case 'drained':
      return state.is === 'pausing' ? { ...state, is: 'paused' } : state
  }
}

function pausedFor(state: RunState, because: Hindrance | null): RunState {
  switch (state.is) {
    case 'idle':
    case 'stopping':
      return state
    case 'scanning':
    case 'indexing':
      return { is: 'pausing', because, scanned: state.is === 'indexing' }
    case 'pausing':
    case 'paused':
      return { ...state, because }
  }
}
