import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MakerMessage } from '../../native-models/maker-messages.ts'
import { runScript } from './run-script.ts'

/** The program of a checkout that makes the models. An installed app brings its models and has none: `null`. */
export function checkoutsModelMaker(): string | null {
  // Both the sources and the bundles lie two folders below the checkout.
  const script = join(import.meta.dirname, '../../native-models/make.ts')
  return existsSync(script) && nodeProgram() !== null ? script : null
}

/** `npm start` names the Node that it runs on: Electron's own is not made to run sources. */
export function nodeProgram(): string | null {
  return (
    process.env['KARTOTEKA_NODE'] ?? (process.versions['electron'] === undefined ? process.execPath : null)
  )
}

export interface ModelMaking {
  readonly script: string
  /** A file that a person chose; `null` to look in the usual places and at the homes of the weights. */
  readonly weights: string | null
  readonly onProgress: (message: Exclude<MakerMessage, { kind: 'failed' }>) => void
  /** Ends the making at once. */
  readonly signal: AbortSignal
}

/**
 * Makes the models in a process of its own: it takes seconds of processor time, or minutes of a download.
 * @returns `null` when they are made, else a sentence that says why not and what to do.
 */
export async function runModelMaker({
  script,
  weights,
  onProgress,
  signal,
}: ModelMaking): Promise<string | null> {
  const folder = process.env['KARTOTEKA_MODELS']
  const args = [
    script,
    ...(folder ? ['--folder', folder] : []),
    ...(weights === null ? [] : ['--weights', weights]),
  ]
  let failure: string | null = null
  const why = await runScript(nodeProgram() ?? process.execPath, args, signal, (message) => {
    const told = message as MakerMessage
    if (told.kind === 'failed') failure = told.message
    else onProgress(told)
  })
  return why === null ? null : (failure ?? `The model could not be made. ${why}`)
}
