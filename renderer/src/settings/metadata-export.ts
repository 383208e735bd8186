import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ExportFormat, ExportState } from '../../../electron/core/contract/metadata-export.ts'
import { api } from '../api.ts'
import { useLibrary } from '../app/library.ts'
import { language } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'

/** Writing what is known of all photos into a folder, and how far that is. */
export const useMetadataExport = defineStore('metadata-export', () => {
  const { attempt, succeeds } = useToasts()
  const library = useLibrary()
  const state = shallowRef<ExportState>({ phase: 'idle' })
  const format = ref<ExportFormat>('xmp')
  const folder = ref('')
  /** Our own dialog for folders is open: the shell has none. */
  const browsing = ref(false)
  api.on('metadataExport', (next) => {
    state.value = next
  })

  /** What went on before the page was opened. */
  async function load(): Promise<void> {
    const now = await attempt(api.getMetadataExport())
    if (now !== null) state.value = now
  }

  async function choose(): Promise<void> {
    if (library.shell?.chooseFolders !== true) {
      browsing.value = true
      return
    }
    const [chosen] = (await attempt(api.chooseFolders())) ?? []
    if (chosen !== undefined) folder.value = chosen
  }

  return {
    state,
    format,
    folder,
    browsing,
    load,
    choose,
    start: () =>
      succeeds(api.exportMetadata({ format: format.value, folder: folder.value, language: language.value })),
    stop: () => succeeds(api.stopMetadataExport()),
  }
})
