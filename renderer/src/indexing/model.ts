import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { useScreens } from '../app/screens.ts'
import { useToasts } from '../notices/toasts.ts'

/** Getting the model where it is missing. How far it is, the library tells. */
export const useModel = defineStore('model', () => {
  const { attempt, succeeds } = useToasts()
  const library = useLibrary()
  const screens = useScreens()

  /** @param weights path of a file with the network's weights; `null`: wherever they are to be had */
  async function make(weights: string | null): Promise<void> {
    await succeeds(api.makeModel({ weights }), 'model')
  }

  /** With the system's dialog where the shell has one, otherwise with our own. */
  async function chooseFile(): Promise<void> {
    if (library.shell?.chooseFolders !== true) {
      screens.open({ kind: 'browse-weights' })
      return
    }
    const chosen = await attempt(api.chooseWeights())
    if (chosen !== null) await make(chosen)
  }

  return { make, chooseFile }
})
