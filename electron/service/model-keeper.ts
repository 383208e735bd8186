import { findModels, type ModelFiles } from '../core/classify/model-files.ts'
import type { ChosenModel } from '../core/classify/choose-model.ts'
import { toFailure, type Result } from '../core/contract/failure.ts'
import type { ModelState, Settings } from '../core/contract/values.ts'
import { thisMachine, workersFor } from '../core/indexing/effort.ts'
import type { Viewing } from './viewing.ts'

/** Knows whether there is a model and how it runs best on this machine. */
export interface ModelKeeper {
  readonly state: () => ModelState
  /** The checked files; looks again when there were none, so that a model put in place is taken up. */
  readonly files: () => Promise<Result<ModelFiles>>
  /** How to run it; tried out once for each provider that is asked for. */
  readonly choose: () => Promise<Result<ChosenModel>>
  /** After the provider was changed in the settings. */
  readonly forget: () => void
}

export interface ModelKeeperOptions {
  readonly viewing: Viewing
  readonly settings: () => Settings
  /** Where verdicts on providers are kept: of this machine, whatever the library. */
  readonly folder: string
  readonly onState: (state: ModelState) => void
}

export function createModelKeeper(options: ModelKeeperOptions): ModelKeeper {
  let state: ModelState = { state: 'loading' }
  let found: Promise<Result<ModelFiles>> | null = null
  let chosen: Promise<Result<ChosenModel>> | null = null

  const show = (next: ModelState): void => {
    state = next
    options.onState(next)
  }
  const files = async (): Promise<Result<ModelFiles>> => {
    found ??= findModels()
    const result = await found
    if (!result.ok) {
      found = null
      const { code, message } = result.error
      show({ state: code === 'model-missing' ? 'missing' : 'invalid', message })
    }
    return result
  }
  const tryOut = async (): Promise<Result<ChosenModel>> => {
    const models = await files()
    if (!models.ok) return models
    try {
      const { provider, effort } = options.settings()
      const choice = await options.viewing.ask('chooseModel', {
        models: models.value,
        folder: options.folder,
        preference: provider,
        cpuWorkers: workersFor(effort, thisMachine()),
      })
      const { model } = choice.choice
      show({
        state: 'ready',
        name: model.identity.name,
        precision: model.identity.precision,
        provider: choice.choice.provider,
        file: model.path,
      })
      return { ok: true, value: choice }
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) }
    }
  }
  return {
    state: () => state,
    files,
    choose: async () => {
      chosen ??= tryOut()
      const result = await chosen
      if (!result.ok) chosen = null
      return result
    },
    forget: () => {
      chosen = null
    },
  }
}
