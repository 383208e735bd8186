import { arch, cpus, platform, release } from 'node:os'
import type { ModelChoice } from './create-classifier.ts'
import type { ModelFile, ModelFiles } from './model-files.ts'
import { openNativeSession, type OpenSession, runtimeVersion } from './native-session.ts'
import { gpuCandidates, type ProviderName, type ProviderPreference } from './providers.ts'
import { tryOut } from './trial.ts'
import {
  type Candidate,
  crashedTrial,
  markTrial,
  rememberedTrials,
  rememberTrials,
  unmarkTrial,
  type ProviderTrial,
} from './provider-trials.ts'

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Changes when hardware or drivers may have changed. */
  readonly description: string
}

export interface ChoosingOptions {
  readonly models: ModelFiles
  /** Where trials are kept between starts; belongs to the machine, not to a library. */
  readonly folder: string
  /** Default `auto`. A provider that is asked for but does not work gives way to the CPU. */
  readonly preference?: ProviderPreference
  /** How many workers would share the CPU; in `auto` a GPU must be faster than all of them. Default 1. */
  readonly cpuWorkers?: number
  /** Default: the real ONNX Runtime. */
  readonly openSession?: OpenSession
  /** Default: this one. */
  readonly machine?: Machine
}

export interface ChosenModel {
  readonly choice: ModelChoice
  /** 1 for a GPU, where parallel sessions hang or crash; `null`: as many as the cores allow. */
  readonly maxWorkers: number | null
  /** Everything that was tried, now or at an earlier start; for `doctor` and the settings. */
  readonly trials: readonly ProviderTrial[]
}

const crashReason = 'The program ended while this was being tried, so it is left alone.'

/**
 * Finds the fastest way to classify that gives the right answers on this machine, trying what has not been
 * tried under the same circumstances: the exact and the int8 model on the CPU, then GPU providers one at a time
 * with the exact model. Blocks the calling thread, for about a second at the first start and not at all later.
 *
 * Never throws: the exact model on the CPU is what remains. A GPU that crashes the process is skipped by the
 * next process; `forgetTrials` makes everything be tried again.
 */
export async function chooseModel(options: ChoosingOptions): Promise<ChosenModel> {
  const { models, folder, preference = 'auto', cpuWorkers = 1, openSession = openNativeSession } = options
  const machine = options.machine ?? thisMachine()
  const circumstances = circumstancesOf(models, machine)
  let trials = rememberedTrials(folder, circumstances)

  function note(trial: ProviderTrial): void {
    trials = withTrial(trials, trial)
    try {
      rememberTrials(folder, circumstances, trials)
    } catch {
      // Without a place to remember, everything is tried again at the next start.
    }
  }

  async function trialOn(provider: ProviderName, model: ModelFile): Promise<ProviderTrial> {
    const candidate: Candidate = { provider, precision: model.identity.precision }
    const known = trials.find((trial) => isSame(trial, candidate))
    if (known) return known
    const result = await tryOut({ model, provider }, openSession)
    const trial = { ...candidate, ...result }
    note(trial)
    return trial
  }

  async function guardedTrialOn(provider: ProviderName, model: ModelFile): Promise<ProviderTrial> {
    try {
      markTrial(folder, { provider, precision: model.identity.precision })
      const trial = await trialOn(provider, model)
      unmarkTrial(folder)
      return trial
    } catch (error) {
      const reason = `It is not tried because that cannot be noted on the disk: ${String(error)}`
      const precision = model.identity.precision
      return { provider, precision, outcome: 'unavailable', reason, milliseconds: null }
    }
  }

  const crashed = crashedTrial(folder)
  if (crashed) {
    note({ ...crashed, outcome: 'crashed', reason: crashReason, milliseconds: null })
    unmarkTrial(folder)
  }

  const exact = await trialOn('cpu', models.fp32)
  const quantized = models.int8 && (await trialOn('cpu', models.int8))
  const onCpu =
    models.int8 && quantized && speed(quantized) < speed(exact)
      ? { model: models.int8, milliseconds: speed(quantized) }
      : { model: models.fp32, milliseconds: speed(exact) }

  const toBeat = preference === 'auto' ? onCpu.milliseconds / cpuWorkers : Number.POSITIVE_INFINITY
  for (const provider of gpuCandidates(preference, machine.platform, machine.arch)) {
    if (speed(await guardedTrialOn(provider, models.gpu)) < toBeat) {
      return { choice: { model: models.gpu, provider }, maxWorkers: 1, trials }
    }
  }
  return { choice: { model: onCpu.model, provider: 'cpu' }, maxWorkers: null, trials }
}

/** Notes that a GPU stopped working (`DeviceLostError`), so that `chooseModel` takes another provider from now on. */
export function rememberLostDevice(
  { models, folder, machine = thisMachine() }: Pick<ChoosingOptions, 'models' | 'folder' | 'machine'>,
  provider: ProviderName,
  reason: string,
): void {
  const circumstances = circumstancesOf(models, machine)
  const lost: ProviderTrial = { provider, precision: 'fp32', outcome: 'lost', reason, milliseconds: null }
  rememberTrials(folder, circumstances, withTrial(rememberedTrials(folder, circumstances), lost))
}

/** Milliseconds a photo; what does not work takes for ever. */
function speed({ outcome, milliseconds }: ProviderTrial): number {
  return outcome === 'works' && milliseconds !== null ? milliseconds : Number.POSITIVE_INFINITY
}

function withTrial(trials: readonly ProviderTrial[], trial: ProviderTrial): readonly ProviderTrial[] {
  return [...trials.filter((known) => !isSame(known, trial)), trial]
}

function isSame(one: Candidate, other: Candidate): boolean {
  return one.provider === other.provider && one.precision === other.precision
}

function thisMachine(): Machine {
  return {
    platform: platform(),
    arch: arch(),
    description: `${platform()} ${release()} ${arch()}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
  }
}

function circumstancesOf({ fp32, int8, gpu }: ModelFiles, { description }: Machine): string {
  return [
    `ONNX Runtime ${runtimeVersion}`,
    `fp32 ${fp32.identity.sha256}`,
    `int8 ${int8?.identity.sha256 ?? 'none'}`,
    `gpu ${gpu.identity.sha256}`,
    description,
  ].join('; ')
}
