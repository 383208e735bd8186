import {
  candidateOf,
  type ChoiceOptions,
  choiceOrTrial,
  type ChosenModel,
  circumstancesOf,
  thisMachine,
  withTrial,
} from './choice.ts'
import type { ModelChoice } from './create-classifier.ts'
import { openNativeSession, type OpenSession } from './native-session.ts'
import {
  crashedTrial,
  markTrial,
  rememberedTrials,
  rememberTrials,
  unmarkTrial,
  type ProviderTrial,
} from './provider-trials.ts'
import { tryOut } from './trial.ts'

export interface ChoosingOptions extends ChoiceOptions {
  /** Default: the real ONNX Runtime. */
  readonly openSession?: OpenSession
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
  const { models, folder, openSession = openNativeSession } = options
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

  async function trialOf(choice: ModelChoice): Promise<void> {
    note({ ...candidateOf(choice), ...(await tryOut(choice, openSession)) })
  }

  /** With a mark on the disk, in case it takes the process down. */
  async function guardedTrialOf(choice: ModelChoice): Promise<void> {
    try {
      markTrial(folder, candidateOf(choice))
      await trialOf(choice)
      unmarkTrial(folder)
    } catch (error) {
      const reason = `It is not tried because that cannot be noted on the disk: ${String(error)}`
      const untried = { outcome: 'unavailable', reason, milliseconds: null } as const
      trials = withTrial(trials, { ...candidateOf(choice), ...untried })
    }
  }

  const crashed = crashedTrial(folder)
  if (crashed) {
    note({ ...crashed, outcome: 'crashed', reason: crashReason, milliseconds: null })
    unmarkTrial(folder)
  }
  for (;;) {
    const next = choiceOrTrial(trials, options, machine)
    if ('choice' in next) return next
    await (next.provider === 'cpu' ? trialOf(next) : guardedTrialOf(next))
  }
}
