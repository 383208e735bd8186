import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Network, NetworkFetching, NetworkInterface } from '../../../electron/core/contract/networks.ts'
import { api } from '../api.ts'
import { latest } from '../app/latest.ts'
import { useLibrary } from '../app/library.ts'
import { t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'

/** How photos are prepared for a network whose description names one of these; as in native-models/zoo. */
export const preparations = {
  pytorch: { order: 'rgb', mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
  caffe: { order: 'bgr', mean: [123.68, 116.779, 103.939], deviation: [1, 1, 1] },
  tensorflow: { order: 'rgb', mean: [127, 127, 127], deviation: [128, 128, 128] },
} as const satisfies Record<string, Omit<NetworkInterface['input'], 'layout'>>

/** Networks that can look at photos, and what is being done with one. */
export const useNetworks = defineStore('networks', () => {
  const { attempt, show, succeeds } = useToasts()
  const library = useLibrary()
  const networks = shallowRef<readonly Network[] | null>(null)
  const fetching = shallowRef<NetworkFetching['fetching']>(null)
  const busy = shallowRef<{ readonly id: string; readonly what: 'trying' | 'changing' } | null>(null)
  /** Our own dialog for files is open: the shell has none. */
  const browsing = ref(false)
  /** Path of a file of which it must be said how it takes photos. */
  const asked = ref<string | null>(null)
  api.on('networks', (next) => {
    fetching.value = next.fetching
  })

  const askForAll = latest(() => attempt(api.getNetworks()))
  async function load(): Promise<void> {
    networks.value = (await askForAll()) ?? networks.value ?? []
  }

  async function run(id: string, what: 'trying' | 'changing', work: () => Promise<unknown>): Promise<void> {
    if (busy.value !== null) return
    busy.value = { id, what }
    await work()
    busy.value = null
    await load()
  }

  async function choose(): Promise<void> {
    if (library.shell?.chooseFolders !== true) {
      browsing.value = true
      return
    }
    const chosen = await attempt(api.chooseWeights())
    if (chosen !== null) await add(chosen, null)
  }

  /** One that nobody knows is asked about. */
  async function add(path: string, how: NetworkInterface | null): Promise<void> {
    const answer = await api.addNetwork({ path, interface: how })
    if (!answer.ok && answer.error.code === 'invalid-input' && how === null) {
      asked.value = path
      return
    }
    asked.value = null
    const added = await attempt(Promise.resolve(answer))
    await load()
    const name = networks.value?.find(({ id }) => id === added?.id)?.name
    if (name !== undefined) show(t('networks.added', { name }))
  }

  return {
    networks,
    fetching,
    busy,
    browsing,
    asked,
    load,
    choose,
    add,
    tryOne: (id: string) => run(id, 'trying', () => attempt(api.tryNetwork({ id }), 'network')),
    use: (id: string) => run(id, 'changing', () => succeeds(api.useNetwork({ id }), 'network')),
    free: async (id: string) => {
      await succeeds(api.freeNetwork({ id }))
      await load()
    },
  }
})
