import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { CallOutput } from '../../../electron/core/contract/contract.ts'
import { api } from '../api.ts'
import { useFolders } from '../folders/folders.ts'

type PictureFolders = CallOutput<'getPictureFolders'>

/** The folders on the list of the first run: where this computer keeps pictures, and what the person chose. */
export const usePictureFolders = defineStore('picture-folders', () => {
  const folders = useFolders()
  const offered = shallowRef<PictureFolders>([])
  /** What was ticked once stays on the list. */
  const seen = ref<readonly string[]>([])

  /** Asks what this computer has; those with photos are ticked. Where that fails nothing is offered. */
  async function load(): Promise<void> {
    const answer = await api.getPictureFolders()
    if (!answer.ok) return
    offered.value = answer.value
    for (const { path, photos } of answer.value) if (photos) tick(path, true)
  }

  function tick(path: string, isTicked: boolean): void {
    if (isTicked) folders.gathered = [...folders.gathered.filter((other) => other !== path), path]
    else {
      seen.value = [...new Set([...seen.value, path])]
      folders.gathered = folders.gathered.filter((other) => other !== path)
    }
  }

  return {
    load,
    tick,
    /** Each once; those of the computer first. */
    lines: () => {
      const known = new Map(offered.value.map((folder) => [folder.path, folder.photos]))
      const paths = new Set([...known.keys(), ...seen.value, ...folders.gathered])
      return [...paths].map((path) => ({
        path,
        isTicked: folders.gathered.includes(path),
        isBare: known.get(path) === false,
      }))
    },
  }
})
