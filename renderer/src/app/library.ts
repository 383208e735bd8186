import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { CallOutput, EventPayload } from '../../../electron/core/contract/contract.ts'
import type { Failure, Result } from '../../../electron/core/contract/failure.ts'
import type { ModelState, Notice, Status } from '../../../electron/core/contract/states.ts'
import type { FolderNode, Facet } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { language, t } from '../i18n/words.ts'
import { useIndexing } from '../indexing/indexing.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSettings } from '../settings/settings.ts'
import { latest } from './latest.ts'
import { useRefresh } from './refresh.ts'

type Shell = CallOutput<'getShell'>

/** Changes that may give a label or category more or fewer photos. */
const aboutFacets = ['tags', 'decisions'] as const

const keyOf = ({ code, message }: Notice): string => `${code} ${message}`

/** What the library holds and how the program behind the window is doing. */
export const useLibrary = defineStore('library', () => {
  const { attempt, fail, show, succeeds } = useToasts()
  const indexing = useIndexing()
  const settings = useSettings()
  const refresh = useRefresh()
  const status = shallowRef<Status | null>(null)
  const shell = shallowRef<Shell | null>(null)
  const folders = shallowRef<readonly FolderNode[]>([])
  const facets = shallowRef<readonly Facet[]>([])
  /** Why there is nothing to show: the library could not be opened. */
  const trouble = shallowRef<Failure | null>(null)
  /** Told by the service; it knows which of them still hold. */
  const standing = shallowRef<readonly Notice[]>([])
  /** Told by the shell about the service, which knows nothing of it. */
  const restarted = shallowRef<Notice | null>(null)
  /** Sent away; they still hold, but need not be told again. */
  const dismissed = new Set<string>()
  const model = shallowRef<ModelState | null>(null)
  const service = shallowRef<EventPayload<'service'>>({ state: 'running', message: null })

  const askForStatus = latest(() => api.getStatus())
  async function loadStatus(): Promise<void> {
    const answer = await askForStatus()
    if (answer === null) return
    trouble.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const loaded = answer.value
    status.value = loaded
    model.value = loaded.model
    indexing.state = loaded.indexing
    standing.value = loaded.notices.filter((notice) => !dismissed.has(keyOf(notice)))
  }
  const askForFolders = latest(() => attempt(api.getFolders()))
  async function loadFolders(): Promise<void> {
    folders.value = (await askForFolders()) ?? folders.value
  }
  const askForFacets = latest(() => attempt(api.getFacets({ language: language.value })))
  async function loadFacets(): Promise<void> {
    facets.value = (await askForFacets()) ?? facets.value
  }
  async function loadRail(): Promise<void> {
    await Promise.all([loadFolders(), loadFacets()])
  }

  /** After the service was given up on, or the library could not be opened. */
  async function tryAgain(): Promise<void> {
    if (service.value.state !== 'failed') {
      await load()
      return
    }
    trouble.value = null
    await succeeds(api.restartService())
  }

  /** Another library in the place of the present one. */
  async function exchange(call: Promise<Result<null>>, said: string): Promise<void> {
    const result = await call
    if (result.ok) {
      dismissed.clear()
      show(said)
    } else fail(result.error)
    await load()
    await loadRail()
  }

  async function loadShell(): Promise<void> {
    shell.value = await attempt(api.getShell())
  }
  async function load(): Promise<void> {
    await Promise.all([settings.load(), loadStatus(), loadShell()])
  }

  refresh.follow(async (changed) => {
    await Promise.all([
      loadStatus(),
      // A tree of thousands of folders is a megabyte, and labels are a thousand: they are asked for when the service
      // says that they changed, which while indexing is less often than anything else.
      changed.has('folders') ? loadFolders() : null,
      aboutFacets.some((what) => changed.has(what)) ? loadFacets() : null,
    ])
  })

  api.on('model', (next) => {
    model.value = next
  })
  api.on('notice', (next) => {
    dismissed.delete(keyOf(next))
    if (next.code === 'service-restarted') restarted.value = next
    else standing.value = [...standing.value.filter(({ code }) => code !== next.code), next]
  })
  api.on('service', (next) => {
    const before = service.value.state
    service.value = next
    // Calls say why it was given up on: the library may be a newer one, or in use.
    if (next.state === 'failed') void loadStatus()
    if (next.state !== 'running' || before === 'running') return
    void settings.load()
    void loadShell()
    refresh.all()
  })
  watch(language, () => void loadRail())

  return {
    status,
    shell,
    folders,
    facets,
    notices: computed(() =>
      restarted.value === null ? standing.value : [...standing.value, restarted.value],
    ),
    trouble,
    model,
    service,
    load,
    loadRail,
    tryAgain,
    restore: (id: string) => exchange(api.restoreBackup({ id }), t('backup.restored')),
    startAfresh: () => exchange(api.startAfresh(), t('trouble.afreshDone')),
    /** Why the whole window has nothing else to show. A service that is being restarted is not given up on. */
    blocked: computed<Failure | null>(() => {
      const failure = trouble.value
      if (service.value.state === 'failed')
        return failure ?? { code: 'service-down', message: service.value.message ?? '' }
      if (failure === null || failure.code === 'service-down') return null
      return status.value === null || failure.code.startsWith('library-') ? failure : null
    }),
    /** `null` until it is known whether there is anything to show. */
    isEmpty: computed(() => (status.value === null ? null : status.value.folders === 0)),
    dismiss: (notice: Notice) => {
      if (notice === restarted.value) {
        restarted.value = null
        return
      }
      dismissed.add(keyOf(notice))
      standing.value = standing.value.filter((other) => other !== notice)
    },
  }
})
