import { isAbsolute } from 'node:path'
import { KartotekaError } from '../../core/contract/failure.ts'
import { osFromText } from '../../core/paths/os-path.ts'

/** A folder that a person named. @throws KartotekaError for a path that does not say where it begins */
export function givenFolder(path: string): string {
  if (isAbsolute(path)) return path
  throw new KartotekaError('invalid-input', `${path} is not the full path of a folder.`)
}

/** A file that a person chose. @throws KartotekaError for a name that cannot be passed to another program */
export function givenFile(path: string): string {
  const name = osFromText(path)
  if (typeof name !== 'string' || !isAbsolute(name)) {
    throw new KartotekaError('invalid-input', `${path} is not the full path of a file that can be read.`)
  }
  return name
}
