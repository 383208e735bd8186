import { createRequire } from 'node:module'
import { arch, cpus, platform, release } from 'node:os'
import type { ModelChoice } from './create-classifier.ts'
import type { ModelFiles } from './model-files.ts'
import {
  type Candidate,
  crashedTrial,
  type ProviderTrial,
  rememberedTrials,
  rememberTrials,
} from './provider-trials.ts'
import { gpuCandidates, type ProviderName, type ProviderPreference } from './providers.ts'

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Changes when hardware or drivers may have changed. */
  readonly description: string
}

export interface ChoiceOptions {
  readonly models: ModelFiles
  /** Where trials are kept between starts; belongs to the machine, not to a library. */
  readonly folder: string
  /** Default `auto`. A provider that is asked for but does not work gives way to the CPU. */
  readonly preference?: ProviderPreference
  /** How many workers would share the CPU; in `auto` a GPU must be faster than all of them. Default 1. */
  readonly cpuWorkers?: number
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

/**
 * Version of ONNX Runtime, read without loading it: megabytes of native code that the first page does not need.
 * @throws Error where it is not installed
 */
export function runtimeVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('onnxruntime-node/package.json')
  return (manifest as { readonly version: string }).version
}

/** The choice by earlier trials alone; `null` when something is to be tried first, see `chooseModel`. */
export function rememberedChoice(options: ChoiceOptions): ChosenModel | null {
  // What was being tried when a process died is noted by `chooseModel`.
  if (crashedTrial(options.folder) !== null) return null
  const machine = options.machine ?? thisMachine()
  const trials = rememberedTrials(options.folder, circumstancesOf(options.models, machine))
  const next = choiceOrTrial(trials, options, machine)
  return 'choice' in next ? next : null
}

/** What to use by these trials, or what must be tried before that can be said. */
export function choiceOrTrial(
  trials: readonly ProviderTrial[],
  { models, preference = 'auto', cpuWorkers = 1 }: ChoiceOptions,
  machine: Machine,
): ChosenModel | ModelChoice {
  const exact: ModelChoice = { model: models.fp32, provider: 'cpu' }
  const quantized: ModelChoice | null = models.int8 && { model: models.int8, provider: 'cpu' }
  const known = (choice: ModelChoice): ProviderTrial | undefined =>
    trials.find((trial) => isSame(trial, candidateOf(choice)))
  const milliseconds = (choice: ModelChoice): number => speed(known(choice))

  const onCpu = quantized !== null && milliseconds(quantized) < milliseconds(exact) ? quantized : exact
  const toBeat = preference === 'auto' ? milliseconds(onCpu) / cpuWorkers : Number.POSITIVE_INFINITY
  for (const choice of quantized === null ? [exact] : [exact, quantized]) {
    if (known(choice) === undefined) return choice
  }
  for (const provider of gpuCandidates(preference, machine.platform, machine.arch)) {
    const choice: ModelChoice = { model: models.gpu, provider }
    if (known(choice) === undefined) return choice
    if (milliseconds(choice) < toBeat) return { choice, maxWorkers: 1, trials }
  }
  return { choice: onCpu, maxWorkers: null, trials }
}

/** Notes that a GPU stopped working (`DeviceLostError`), so that another provider is taken from now on. */
export function rememberLostDevice(
  { models, folder, machine = thisMachine() }: Pick<ChoiceOptions, 'models' | 'folder' | 'machine'>,
  provider: ProviderName,
  reason: string,
): void {
  const circumstances = circumstancesOf(models, machine)
  const lost: ProviderTrial = { provider, precision: 'fp32', outcome: 'lost', reason, milliseconds: null }
  rememberTrials(folder, circumstances, withTrial(rememberedTrials(folder, circumstances), lost))
}

export function withTrial(trials: readonly ProviderTrial[], trial: ProviderTrial): readonly ProviderTrial[] {
  return [...trials.filter((known) => !isSame(known, trial)), trial]
}

export function candidateOf({ provider, model }: ModelChoice): Candidate {
  return { provider, precision: model.identity.precision }
}

export function thisMachine(): Machine {
  return {
    platform: platform(),
    arch: arch(),
    description: `${platform()} ${release()} ${arch()}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
  }
}

/** Trials hold as long as this is the same. */
export function circumstancesOf({ fp32, int8, gpu }: ModelFiles, { description }: Machine): string {
  return [
    `ONNX Runtime ${runtimeVersion()}`,
    `fp32 ${fp32.identity.sha256}`,
    `int8 ${int8?.identity.sha256 ?? 'none'}`,
    `gpu ${gpu.identity.sha256}`,
    description,
  ].join('; ')
}

/** Milliseconds a photo; what does not work takes for ever. */
function speed(trial: ProviderTrial | undefined): number {
  return trial?.outcome === 'works' && trial.milliseconds !== null
    ? trial.milliseconds
    : Number.POSITIVE_INFINITY
}

function isSame(one: Candidate, other: Candidate): boolean {
  return one.provider === other.provider && one.precision === other.precision
}
