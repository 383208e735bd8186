import { rememberedChoice, rememberLostDevice, type ChosenModel } from '../core/classify/choice.ts'
import { findModels, type ModelFile, type ModelFiles } from '../core/classify/model-files.ts'
import { forgetTrials, type ProviderTrial } from '../core/classify/provider-trials.ts'
import { errorOf, KartotekaError, toFailure, type Result } from '../core/contract/failure.ts'
import type { ModelState, Notice, ProviderReport, Settings } from '../core/contract/states.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import type { LostDevice } from '../core/indexing/worker-protocol.ts'
import type { ModelCalls } from '../core/media/model-protocol.ts'
import type { CallingThread } from './calling-thread.ts'
import { runModelMaker } from './model-maker.ts'

/** Knows whether there is a model and how it runs best on this machine. */
export interface ModelProvider {
  readonly state: () => ModelState
  /** The checked files; looks again when there were none, so that a model put in place is taken up. */
  readonly files: () => Promise<Result<ModelFiles>>
  /** The model for a few photos beside indexing: on the CPU, as a card is not worth starting for them. `null`: there is none. */
  readonly onCpu: () => Promise<ModelFile | null>
  /** How to run it; tried out once for each provider that is asked for. */
  readonly choose: () => Promise<Result<ChosenModel>>
  /**
   * Takes up the model if it was missing and is there now; else makes it, from the weights in this file or (`null`) from
   * those found on this computer or fetched. A second call while one is at work stops the first; both end with the second.
   * @throws KartotekaError `model-missing`, or `model-invalid` for a file with something else in it
   */
  readonly make: (weights: string | null) => Promise<void>
  /** Stops the making. */
  readonly end: () => Promise<void>
  /** After the provider was changed in the settings. */
  readonly forget: () => void
  /** What was tried on this machine and what is used. */
  readonly report: () => Promise<ProviderReport>
  /** Forgets what came of every trial and tries anew. A card that was lost in this process waits for the next one. */
  readonly tryAgain: () => Promise<void>
  /** A graphics card stopped working: it is left alone from now on, in this process and in later ones. */
  readonly lose: (lost: LostDevice) => void
}

export interface ModelProviderOptions {
  /** Where providers are tried. */
  readonly thread: Pick<CallingThread<ModelCalls>, 'ask'>
  readonly settings: () => Settings
  /** The program that makes the model; `null` where there is none. */
  readonly maker: string | null
  /** Where trials on providers are kept: of this machine, whatever the library. */
  readonly folder: string
  /** The network that looks at photos in place of the app's own; `null`: none does. Default: none. */
  readonly other?: () => Promise<Result<ModelFile> | null>
  /** The checked files, where they were looked for before. */
  readonly found: ModelFiles | null
  readonly onState: (state: ModelState) => void
  readonly onNotice: (notice: Notice) => void
  readonly log: (line: string) => void
}

export function createModelProvider(options: ModelProviderOptions): ModelProvider {
  let state: ModelState = { state: 'loading' }
  let found: Promise<Result<ModelFiles>> | null =
    options.found && Promise.resolve({ ok: true, value: options.found })
  let chosen: Promise<Result<ChosenModel>> | null = null
  let models: ModelFiles | null = null
  let lost: ProviderTrial | null = null
  let making: { readonly stop: AbortController; readonly done: Promise<void> } | null = null

  const show = (next: ModelState): void => {
    state = next
    options.onState(next)
  }
  const showLack = (state: 'missing' | 'invalid', message: string): void => {
    show({ state, message, canMake: options.maker !== null })
  }
  const files = async (): Promise<Result<ModelFiles>> => {
    found ??= findModels()
    const result = await found
    if (!result.ok) {
      found = null
      const { code, message } = result.error
      if (making === null) showLack(code === 'model-missing' ? 'missing' : 'invalid', message)
    } else models = result.value
    return result
  }
  const tryOut = async (): Promise<Result<ChosenModel>> => {
    const other = (await options.other?.()) ?? null
    return other === null ? await tryOwn() : takeOther(other)
  }
  /** It was tried before it was chosen; none of them was made for a graphics card. */
  const takeOther = (other: Result<ModelFile>): Result<ChosenModel> => {
    if (!other.ok) {
      show({ state: 'invalid', message: other.error.message, canMake: false })
      return other
    }
    const { identity, path } = other.value
    const { name, precision } = identity
    show({ state: 'ready', name, precision, provider: 'cpu', file: path })
    return {
      ok: true,
      value: { choice: { model: other.value, provider: 'cpu' }, maxWorkers: null, trials: [] },
    }
  }
  const tryOwn = async (): Promise<Result<ChosenModel>> => {
    const found = await files()
    if (!found.ok) return found
    try {
      const { provider, effort } = options.settings()
      const wanted = {
        models: found.value,
        folder: options.folder,
        preference: lost === null ? provider : 'cpu',
        cpuWorkers: workersFor(effort, thisMachine()),
      } as const
      // Only a trial needs the thread: it blocks for as long as the model is opened and run.
      const choice = rememberedChoice(wanted) ?? (await options.thread.ask('chooseModel', wanted))
      const { model } = choice.choice
      show({
        state: 'ready',
        name: model.identity.name,
        precision: model.identity.precision,
        provider: choice.choice.provider,
        file: model.path,
      })
      if (lost === null) warnOfRefused(provider, choice)
      return { ok: true, value: choice }
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) }
    }
  }
  const warnOfRefused = (wanted: Settings['provider'], { choice, trials }: ChosenModel): void => {
    if (wanted === 'auto' || wanted === choice.provider) return
    const reason = trials.find(({ provider }) => provider === wanted)?.reason ?? 'It is not here.'
    options.onNotice({
      code: 'provider-failed',
      message: `${wanted} cannot be used, so photos are looked at with ${choice.provider}. ${reason}`,
    })
  }
  const choose = async (): Promise<Result<ChosenModel>> => {
    const asked = (chosen ??= tryOut())
    const result = await asked
    if (!result.ok && chosen === asked) chosen = null
    return result
  }

  const makeOnce = async (weights: string | null, script: string, signal: AbortSignal): Promise<void> => {
    show({ state: 'loading' })
    const failure = await runModelMaker({
      script,
      weights,
      signal,
      onProgress: (progress) => {
        if (signal.aborted) return
        if (progress.kind === 'making') show({ state: 'making' })
        else show({ state: 'fetching', received: progress.received, total: progress.total })
      },
    })
    if (failure === null || signal.aborted) return
    showLack('missing', failure)
    throw new KartotekaError(weights === null ? 'model-missing' : 'model-invalid', failure)
  }
  const make = async (weights: string | null): Promise<void> => {
    const present = await files()
    if (present.ok) return
    const { maker } = options
    if (maker === null) throw errorOf(present.error)
    const previous = making
    previous?.stop.abort()
    const stop = new AbortController()
    const previousEnded = previous?.done.catch(() => null) ?? Promise.resolve()
    const mine = { stop, done: previousEnded.then(() => makeOnce(weights, maker, stop.signal)) }
    making = mine
    try {
      await mine.done
    } finally {
      if (making === mine) making = null
    }
    // If this one was stopped for a later one, that one counts.
    await making?.done
  }

  return {
    state: () => state,
    files,
    onCpu: async () => {
      const found = await files()
      if (!found.ok) return null
      const chosen = await choose()
      // What gives the tags, if it runs there: it was tried.
      return chosen.ok && chosen.value.choice.provider === 'cpu'
        ? chosen.value.choice.model
        : found.value.fp32
    },
    choose,
    make,
    end: async () => {
      making?.stop.abort()
      await making?.done.catch(() => null)
    },
    forget: () => {
      chosen = null
    },
    report: async () => {
      const result = await choose()
      if (!result.ok) return { used: null, tried: [] }
      const { choice, trials } = result.value
      const { provider } = choice
      return {
        used: { provider, precision: choice.model.identity.precision },
        tried: lost === null ? [...trials] : [...trials.filter((known) => !isSame(known, lost)), lost],
      }
    },
    tryAgain: async () => {
      await chosen
      forgetTrials(options.folder)
      chosen = null
      await choose()
    },
    lose: ({ provider, reason }) => {
      lost = {
        provider,
        precision: 'fp32',
        outcome: 'lost',
        reason: `${reason} It is left alone until Kartoteka is started again.`,
        milliseconds: null,
      }
      chosen = null
      options.onNotice({
        code: 'provider-failed',
        message: `The graphics card stopped working (${reason}). Photos are looked at with the processor; none is lost.`,
      })
      try {
        if (models !== null) rememberLostDevice({ models, folder: options.folder }, provider, reason)
      } catch (error) {
        // This process knows; the next one would have to lose it again.
        options.log(`That ${provider} was lost could not be kept: ${toFailure(error).message}`)
      }
    },
  }
}

function isSame(one: ProviderTrial, other: ProviderTrial | null): boolean {
  return one.provider === other?.provider && one.precision === other.precision
}
