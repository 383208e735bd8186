import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Status } from '../../../electron/core/contract/states.ts'
import type { SupervisorTimes } from '../../../electron/service/supervisor.ts'
import type { Content } from '../../fixtures/library-contents.ts'
import { startService, type RunningService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

/** Places for a library and for photos, gone when the test has finished. */
export function places(): { scratch: string; library: string; photos: string } {
  const scratch = realpathSync(tempFolder())
  return { scratch, library: join(scratch, 'library'), photos: join(scratch, 'photos') }
}

/** A service on a library, stopped when the test has finished. */
export function serviceOn(library: string, times: Partial<SupervisorTimes> = {}): RunningService {
  const service = startService(library, times)
  onTestFinished(() => service.stop())
  return service
}

/** Waits until the service is as wanted. @throws Error after three minutes */
export async function reached(
  service: RunningService,
  isThere: (status: Status) => boolean,
): Promise<Status> {
  for (let look = 0; look < 9000; look++) {
    const status = await service.call('getStatus', null)
    if (isThere(status)) return status
    await wait(20)
  }
  throw new Error('It did not come to that within three minutes')
}

/** Photos that are not done with five tags; empty when indexing did all it should. */
export function unfinished(contents: ReadonlyMap<string, Content>): string[] {
  return [...contents]
    .filter(([, { state, tags, presence }]) => {
      return state !== 'done' || presence !== 'here' || tags.split(',').length !== 5
    })
    .map(([path, { state, problem, presence }]) => `${path}: ${state} ${problem} ${presence}`)
}
