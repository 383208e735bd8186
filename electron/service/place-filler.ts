import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { toFailure } from '../core/contract/failure.ts'
import type { Gazetteer } from '../core/places/gazetteer.ts'
import type { Library } from '../core/library/library.ts'
import { hasUnplaced, placePhotos } from '../core/library/photos/places.ts'
import { checkoutFile, gazetteerFile } from '../core/places/usual-gazetteer.ts'
import { nodeProgram } from './model-maker.ts'
import { runScript } from './run-script.ts'

/** Gives places to photos that were stored before there was a gazetteer. */
export interface PlaceFiller {
  /** Where positions lie; in a checkout it is made when it is first asked for. `null`: there is none, nor can it be made. */
  readonly gazetteer: () => Promise<Gazetteer | null>
  /** Goes on if photos wait for their place and nothing is indexed. Ends when it is done; never rejects. */
  readonly placeIfFree: () => Promise<void>
  /** Ends the making of a gazetteer at once. */
  readonly end: () => Promise<void>
}

export interface PlaceFillerOptions {
  readonly library: Library
  /** Nothing is indexed: new photos come first. */
  readonly isFree: () => boolean
  readonly onPlaced: () => void
  readonly log: (line: string) => void
}

export function createPlaceFiller({ library, isFree, onPlaced, log }: PlaceFillerOptions): PlaceFiller {
  const ending = new AbortController()
  let running: Promise<void> | null = null
  /** Once is enough: what failed now fails the next time as well. */
  let making: Promise<void> | null = null

  const madeGazetteer = async (): Promise<Gazetteer | null> => {
    if (library.gazetteer() === null) await (making ??= makeGazetteer(ending.signal, log))
    return library.gazetteer()
  }
  const place = async (): Promise<void> => {
    if (!hasUnplaced(library)) return
    const gazetteer = await madeGazetteer()
    if (gazetteer === null) return
    const placed = await placePhotos(library, gazetteer, () => !ending.signal.aborted && isFree())
    if (placed > 0) onPlaced()
  }
  return {
    gazetteer: madeGazetteer,
    placeIfFree: async () => {
      if (ending.signal.aborted) return
      running ??= place()
        .catch((error: unknown) => {
          log(`Photos are still without their places: ${toFailure(error).message}`)
        })
        .finally(() => {
          running = null
        })
      await running
    },
    end: async () => {
      ending.abort()
      await running
      await making
    },
  }
}

/** In a checkout the gazetteer is made when it is first needed, in a process of its own; an installed app brings it. */
async function makeGazetteer(signal: AbortSignal, log: (line: string) => void): Promise<void> {
  // Both the sources and the bundles lie two folders below the checkout.
  const script = join(import.meta.dirname, '../../electron/packaging/places/make.ts')
  const program = nodeProgram()
  const file = gazetteerFile()
  if (file === null || file !== checkoutFile() || program === null || !existsSync(script)) return
  const failure = await runScript(program, [script], signal)
  if (failure !== null && !signal.aborted) log(`The list of places could not be made: ${failure}`)
}
