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
  rememberedVerdicts,
  rememberVerdicts,
  unmarkTrial,
  type Verdict,
} from './verdicts.ts'

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Changes when hardware or drivers may have changed. */
  readonly description: string
}

export interface ChoosingOptions {
  readonly models: ModelFiles
  /** Where verdicts are kept between starts; belongs to the machine, not to a library. */
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
  readonly verdicts: readonly Verdict[]
}

const crashReason = 'The program ended while this was being tried, so it is left alone.'

/**
 * Finds the fastest way to classify that gives the right answers on this machine, trying what has not been
 * tried under the same circumstances: the exact and the int8 model on the CPU, then GPU providers one at a time
 * with the exact model. Blocks the calling thread, for about a second at the first start and not at all later.
 *
 * Never throws: the exact model on the CPU is what remains. A GPU that crashes the process is skipped by the
 * next process; `forgetVerdicts` makes everything be tried again.
 */
export async function chooseModel(options: ChoosingOptions): Promise<ChosenModel> {
  const { models, folder, preference = 'auto', cpuWorkers = 1, openSession = openNativeSession } = options
  const machine = options.machine ?? thisMachine()
  const circumstances = circumstancesOf(models, machine)
  let verdicts = rememberedVerdicts(folder, circumstances)

  function note(verdict: Verdict): void {
    verdicts = withVerdict(verdicts, verdict)
    try {
      rememberVerdicts(folder, circumstances, verdicts)
    } catch {
      // Without a place to remember, everything is tried again at the next start.
    }
  }

  async function verdictOn(provider: ProviderName, model: ModelFile): Promise<Verdict> {
    const candidate: Candidate = { provider, precision: model.identity.precision }
    const known = verdicts.find((verdict) => isSame(verdict, candidate))
    if (known) return known
    const trial = await tryOut({ model, provider }, openSession)
    const verdict = { ...candidate, ...trial }
    note(verdict)
    return verdict
  }

  async function guardedVerdictOn(provider: ProviderName, model: ModelFile): Promise<Verdict> {
    try {
      markTrial(folder, { provider, precision: model.identity.precision })
      const verdict = await verdictOn(provider, model)
      unmarkTrial(folder)
      return verdict
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

  const exact = await verdictOn('cpu', models.fp32)
  const quantized = models.int8 && (await verdictOn('cpu', models.int8))
  const onCpu =
    models.int8 && quantized && speed(quantized) < speed(exact)
      ? { model: models.int8, milliseconds: speed(quantized) }
      : { model: models.fp32, milliseconds: speed(exact) }

  const toBeat = preference === 'auto' ? onCpu.milliseconds / cpuWorkers : Number.POSITIVE_INFINITY
  for (const provider of gpuCandidates(preference, machine.platform, machine.arch)) {
    if (speed(await guardedVerdictOn(provider, models.gpu)) < toBeat) {
      return { choice: { model: models.gpu, provider }, maxWorkers: 1, verdicts }
    }
  }
  return { choice: { model: onCpu.model, provider: 'cpu' }, maxWorkers: null, verdicts }
}

/** Notes that a GPU stopped working (`DeviceLostError`), so that `chooseModel` takes another provider from now on. */
export function rememberLostDevice(
  { models, folder, machine = thisMachine() }: Pick<ChoosingOptions, 'models' | 'folder' | 'machine'>,
  provider: ProviderName,
  reason: string,
): void {
  const circumstances = circumstancesOf(models, machine)
  const lost: Verdict = { provider, precision: 'fp32', outcome: 'lost', reason, milliseconds: null }
  rememberVerdicts(folder, circumstances, withVerdict(rememberedVerdicts(folder, circumstances), lost))
}

/** Milliseconds a photo; what does not work takes for ever. */
function speed({ outcome, milliseconds }: Verdict): number {
  return outcome === 'works' && milliseconds !== null ? milliseconds : Number.POSITIVE_INFINITY
}

function withVerdict(verdicts: readonly Verdict[], verdict: Verdict): readonly Verdict[] {
  return [...verdicts.filter((known) => !isSame(known, verdict)), verdict]
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
