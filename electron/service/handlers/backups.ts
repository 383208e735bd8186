import type { ServiceHandlers } from '../../core/contract/contract.ts'
import { listBackups } from '../../core/library/upkeep/backups.ts'
import { errorOf } from '../../core/contract/failure.ts'
import { faultOfBackupInBackground, putInPlace } from '../../core/library/upkeep/restore.ts'
import { restoreLossInBackground } from '../../core/library/upkeep/restore-loss.ts'
import { checkThread } from './doctor.ts'

/** Ways to another library file; they work whatever state the present one is in. */
export type BackupCalls = 'getBackups' | 'getRestoreLoss' | 'restoreBackup' | 'startAfresh'

/**
 * @param reopen Closes the library, does the work and opens what is there then; `afresh` begins a new one.
 */
export function backupHandlers(
  folder: string,
  reopen: (work: () => void, afresh: boolean) => Promise<void>,
): Pick<ServiceHandlers, BackupCalls> {
  return {
    getBackups: () => listBackups(folder),
    getRestoreLoss: ({ id }) => restoreLossInBackground(folder, id, checkThread),
    restoreBackup: async ({ id }) => {
      // The library stays in use as long as it is not sure that it is to be exchanged.
      const fault = await faultOfBackupInBackground(folder, id, checkThread)
      if (fault !== null) throw errorOf(fault)
      await reopen(() => {
        putInPlace(folder, id)
      }, false)
    },
    startAfresh: () => reopen(() => {}, true),
  }
}
