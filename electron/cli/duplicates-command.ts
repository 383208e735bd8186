import { closeSimilar } from '../core/alike/similar.ts'
import { readPhoto } from '../core/library/photos/details.ts'
import { pairsOfAll } from '../core/alike/compare-photos.ts'
import { groupsOf } from '../core/search/duplicates.ts'
import type { CommonOptions } from './library-option.ts'
import { withLibrary } from './open.ts'
import { counted, print, printJson, table } from './output.ts'

export interface DuplicatesOptions extends CommonOptions {
  readonly limit: number
}

/** `kartoteka duplicates`: photos that are one picture, and bursts; changes nothing. */
export async function duplicatesCommand(options: DuplicatesOptions): Promise<void> {
  const { total, groups } = await withLibrary(options, async (library, lexicon) => {
    try {
      const found = groupsOf(library, lexicon, 'en', options.limit, await pairsOfAll(library))
      return {
        total: found.total,
        groups: found.groups.map(({ kind, reason, photos }) => ({
          kind,
          reason,
          photos: photos.map(({ photo, format, bytes, changes }) => ({
            id: photo.id,
            path: readPhoto(library, photo.id)?.path ?? photo.name,
            width: photo.width,
            height: photo.height,
            format,
            bytes,
            takenAt: photo.takenAt,
            changes,
          })),
        })),
      }
    } finally {
      closeSimilar(library)
    }
  })
  if (options.json === true) return printJson({ total, groups })
  if (total === 0) return print('No photos are one picture, and none were taken in a burst.')
  const rows = groups.flatMap(({ kind, photos }, group) =>
    photos.map(({ id, path, width, height, format, bytes, changes }, at) => [
      group + 1,
      at === 0 ? `${kind}, keep` : changes.join(', '),
      id,
      `${width} × ${height}`,
      format,
      bytes,
      path,
    ]),
  )
  const more = total > groups.length ? ` The first ${groups.length} are listed; --limit lists more.` : ''
  return print(
    `${table(['group', 'what', 'id', 'size', 'format', 'bytes', 'file'], rows)}\n\n${counted(total, 'group')}.${more}`,
  )
}
