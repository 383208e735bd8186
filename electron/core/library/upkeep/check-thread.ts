import { parentPort, workerData } from 'node:worker_threads'
import { toFailure, type Result } from '../../contract/failure.ts'
import { quickCheck, type Examination } from './check.ts'
import { restoreLoss } from './restore-loss.ts'
import { faultOfBackup } from './restore.ts'

/** The thread behind `inBackground`. */
parentPort?.postMessage(examined(workerData as Examination))

function examined(examination: Examination): unknown {
  switch (examination.of) {
    case 'library':
      return quickCheck(examination.file)
    case 'backup':
      return faultOfBackup(examination.folder, examination.id)
    case 'loss':
      return attempted(() => restoreLoss(examination.folder, examination.id))
  }
}

function attempted<Value>(work: () => Value): Result<Value> {
  try {
    return { ok: true, value: work() }
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) }
  }
}
