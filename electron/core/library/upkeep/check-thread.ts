import { parentPort, workerData } from 'node:worker_threads'
import { quickCheck } from './check.ts'

/** The thread behind `checkInBackground`. */
parentPort?.postMessage(quickCheck(String(workerData)))
