import { tryNetwork } from '../core/classify/network-trial.ts'
import type { ModelFile } from '../core/classify/model-files.ts'

/**
 * A process, not a thread, that tries one network and ends: a file that is no good may crash what opens it. It is told
 * which by message, and answers by one.
 */
process.once('message', (message) => {
  void answer(message as ModelFile)
})

async function answer(model: ModelFile): Promise<void> {
  const trial = await tryNetwork(model)
  process.send?.(trial, () => {
    process.disconnect()
  })
}
