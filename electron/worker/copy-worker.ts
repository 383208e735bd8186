import { availableParallelism } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { copyInto, renderFile } from '../core/give-away/copy-file.ts'
import { copiesAtOnce, type CopyingCalls } from '../core/give-away/copying-protocol.ts'
import {
  memoryForDecoding,
  openAccount,
  openShare,
  sharedMemory,
} from '../core/imaging/decode/memory-account.ts'
import { answerCalls } from './answer-calls.ts'

/** The thread that makes copies of photos for others, a few beside each other. */
if (parentPort === null) throw new Error('copy-worker must be started as a worker thread')

const room = memoryForDecoding(copiesAtOnce(availableParallelism()))
const memory = sharedMemory(openAccount(room), openShare(), room)

answerCalls<CopyingCalls>(
  parentPort,
  {
    copy: (task) => copyInto(task, memory),
    render: ({ from, jpeg }) => renderFile(from, jpeg, memory),
  },
  () => {},
)
