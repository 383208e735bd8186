import { parentPort, workerData } from 'node:worker_threads'
import { quickCheck, type Examination } from './check.ts'
import { faultOfBackup } from './restore.ts'

/** The thread behind `inBackground`. */
const examination = workerData as Examination
parentPort?.postMessage(
  examination.of === 'library'
    ? quickCheck(examination.file)
    : faultOfBackup(examination.folder, examination.id),
)
