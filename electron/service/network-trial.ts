import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ModelFile } from '../core/classify/model-files.ts'
import type { NetworkTrial } from '../core/contract/networks.ts'
import { nodeProgram } from './model-maker.ts'

/** Milliseconds. The largest network of the zoo takes two seconds to open and less than one for all pictures. */
const longest = 120_000

/** Tries a network; a crash costs nothing else. */
export type TryOut = (model: ModelFile) => Promise<NetworkTrial>

/**
 * Tries a network in a process of its own.
 * @param entry of that process
 * @param beside for where no such process can be started: inside the installed app, which runs no programs. A crash there
 *   is that of the service, which is started again.
 */
export function trialProcess(entry: URL, beside: TryOut): TryOut {
  return (model) => {
    const program = nodeProgram()
    return program === null ? beside(model) : inProcess(program, fileURLToPath(entry), model)
  }
}

function inProcess(program: string, entry: string, model: ModelFile): Promise<NetworkTrial> {
  return new Promise((resolve) => {
    const child = fork(entry, {
      execPath: program,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(failed('unusable', `It was not done after ${longest / 1000} seconds.`))
    }, longest)
    const settle = (trial: NetworkTrial): void => {
      clearTimeout(timer)
      resolve(trial)
    }
    child.once('message', (trial) => {
      settle(trial as NetworkTrial)
    })
    child.on('error', (error) => {
      settle(failed('unusable', `The trial could not be started: ${error.message}.`))
    })
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit status ${code}`
      settle(failed('crashed', `ONNX Runtime crashed on it (${how}). Nothing else was touched.`))
    })
    child.send(model, () => {})
  })
}

const failed = (outcome: 'crashed' | 'unusable', reason: string): NetworkTrial => ({
  outcome,
  reason,
  milliseconds: null,
  recognised: 0,
  shown: 0,
})
