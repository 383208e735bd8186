import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { revision } from '../../core/library/library.ts'
import { problemCount } from '../../core/library/problems.ts'
import { sessionOf } from '../../core/search/session.ts'
import type { Context } from '../context.ts'
import { changeSettings, readSettings } from '../settings-store.ts'
import { version } from '../version.ts'

/** How things are, and the settings. */
export function statusHandlers(
  context: Context,
): Pick<ServiceHandlers, 'getStatus' | 'getSettings' | 'setSettings'> {
  const { library, lexicon, indexer, indexing, model, options, watch } = context
  return {
    getStatus: () => {
      const session = sessionOf(library, lexicon)
      return {
        version: version(),
        shell: options.shell,
        platform: process.platform,
        libraryPath: library.folder,
        photos: session.total(),
        folders: session.folders().length,
        problems: problemCount(library),
        model: model.state(),
        indexing: indexer.state(),
        notices: [...context.notices],
        revision: revision(library),
      }
    },
    getSettings: () => readSettings(library),
    setSettings: (change) => {
      const before = readSettings(library)
      const after = changeSettings(library, change)
      if (after.provider !== before.provider) model.forget()
      if (after.watchFolders !== before.watchFolders) watch.refresh()
      if (after.pauseOnBattery !== before.pauseOnBattery) indexing.followSettings()
      return after
    },
  }
}
