import { write, type Library } from './library.ts'
import { dropUnread, setAside } from './moves.ts'
import { changeFiles, type FileFacts } from './files/files.ts'
import { prepare } from './statements.ts'
import { refreshFindings } from './photos/index-entries.ts'
import { refreshWords } from './photos/words.ts'

/**
 * Photos of one folder that have names which were others': each goes to its new one with tags and decisions, and is
 * queued, so that it is classified only if its content is another after all.
 * @param displaced photos whose name another one gets and that are not found in the folder: missing, with all they have
 */
export function exchangePlaces(
  library: Library,
  places: readonly { readonly id: number; readonly file: FileFacts }[],
  displaced: readonly number[] = [],
): void {
  // No file has a slash in its name: stopovers, as two photos cannot have one name at any time.
  const leave = prepare<[number]>(library, "UPDATE photo SET name = '/' || id WHERE id = ?")
  const enter = prepare<[string, number]>(library, 'UPDATE photo SET name = ? WHERE id = ?')
  write(library, () => {
    for (const { id } of places) leave.run(id)
    for (const id of displaced) if (!dropUnread(library, id)) setAside(library, id)
    refreshFindings(library, displaced)
    for (const { id, file } of places) enter.run(file.name, id)
    changeFiles(library, places)
    refreshWords(
      library,
      places.map(({ id }) => id),
    )
  })
}
