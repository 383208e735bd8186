import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { toFailure } from '../../core/contract/failure.ts'
import { revision } from '../../core/library/library.ts'
import { problemCount } from '../../core/library/files/problems.ts'
import type { Context } from '../context.ts'
import { changeSettings, readSettings } from '../settings-store.ts'
import { version } from '../version.ts'

/** How things are, and the settings. */
export function statusHandlers(
  context: Context,
): Pick<ServiceHandlers, 'getStatus' | 'getSettings' | 'setSettings'> {
  const { library, searches, indexer, indexing, model, options, watch, sidecars, log } = context
  // The photos in work are finished as before; the person need not wait for them.
  const followProvider = async (): Promise<void> => {
    try {
      await indexing.runExclusive(model.forget)
      await model.choose()
    } catch (error) {
      log(`The provider could not be changed: ${toFailure(error).message}`)
    }
  }
  // Photos in work are finished as before; those that were looked at otherwise are queued.
  const followLook = async (): Promise<void> => {
    await indexing.runExclusive(() => {})
    indexing.rescan([])
  }
  return {
    getStatus: async () => {
      const { photos, hidden, folders } = await searches.ask('getTotals', null)
      return {
        version: version(),
        shell: options.shell === 'electron' ? 'electron' : 'browser',
        platform: process.platform,
        libraryPath: library.folder,
        photos,
        hidden,
        folders,
        problems: problemCount(library),
        model: model.state(),
        indexing: indexer.state(),
        notices: [...context.notices.standing()],
        revision: revision(library),
      }
    },
    getSettings: () => readSettings(library),
    setSettings: (change) => {
      const before = readSettings(library)
      const after = changeSettings(library, change)
      if (after.provider !== before.provider) void followProvider()
      if (after.look !== before.look) void followLook()
      if (after.watchFolders !== before.watchFolders) watch.refresh()
      if (after.writeSidecars !== before.writeSidecars) sidecars.follow()
      if (after.pauseOnBattery !== before.pauseOnBattery) indexing.followSettings()
      return after
    },
  }
}
