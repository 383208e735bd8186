import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BackendType } from '@parcel/watcher'
import { kindByName } from '../paths/file-kinds.ts'
import { isWithin, osFromText } from '../paths/os-path.ts'
import { pseudoFolders } from './pseudo-folders.ts'
import type { TreeListener, TreeWatch } from './tree-watch.ts'

/** Named, since else another program that watches is looked for first. */
const backends: Partial<Record<NodeJS.Platform, BackendType>> = {
  darwin: 'fs-events',
  linux: 'inotify',
  win32: 'windows',
}

/**
 * By folder, the last thing that was asked for it. @parcel/watcher takes a second watch of a folder for the first while that
 * ends, and never tells it anything.
 */
const asked = new Map<string, Promise<unknown>>()

function inTurn<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const done = (asked.get(folder) ?? Promise.resolve()).then(work)
  const settled = done
    .catch(() => {})
    .finally(() => {
      if (asked.get(folder) === settled) asked.delete(folder)
    })
  asked.set(folder, settled)
  return done
}

/** Watches a tree as macOS and Windows do, by @parcel/watcher. */
export async function watchWholeTree(
  folder: string,
  { onChange, onFailure }: TreeListener,
): Promise<TreeWatch> {
  const path = osFromText(folder)
  if (typeof path !== 'string') throw new Error('its name is not valid text')
  // Not at once: Linux has no need of it.
  const { subscribe } = await import('@parcel/watcher')
  const backend = backends[process.platform]
  const options = {
    ignore: pseudoFolders().filter((pseudo) => isWithin(pseudo, folder)),
    ...(backend !== undefined && { backend }),
  }
  const subscription = await inTurn(folder, () =>
    subscribe(
      path,
      (error, events) => {
        if (error !== null) onFailure(error)
        else for (const event of events) void tell(event.path, event.type === 'create')
      },
      options,
    ),
  )

  async function tell(changed: string, isNew: boolean): Promise<void> {
    // By its name it would not matter, and yet it may be a folder of photos.
    const mayBeFolder = isNew && kindByName(basename(changed)) === 'other'
    const isFolder = mayBeFolder && (await lstat(changed).catch(() => null))?.isDirectory() === true
    onChange(changed, isFolder)
  }

  return {
    // A folder that went away cannot be unsubscribed from, and need not.
    close: () => inTurn(folder, () => subscription.unsubscribe()).catch(() => {}),
  }
}
