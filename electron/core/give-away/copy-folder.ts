import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { isWithin, osFromText, childOf, textFromOs } from '../paths/os-path.ts'
import { realFolder } from '../paths/real-folder.ts'
import { systemReason } from '../paths/system-reason.ts'
import { codeOf, failureOf } from './copy-file.ts'

/** A folder into which copies can be put. */
export interface CopyFolder {
  /** Absolute, real, in text form. */
  readonly path: string
  /** Names that are taken, in text form. */
  readonly names: readonly string[]
}

/**
 * Sees that copies can be put into a folder, which is made if the one above it is there.
 * @param path in text form
 * @param roots folders of the library: in one of those the person is asked first
 * @param sure the person knows that it is in one
 * @throws KartotekaError `folder-missing`, `folder-unwritable`, `disk-full`, `folder-in-library`
 */
export async function openCopyFolder(
  path: string,
  roots: readonly string[],
  sure: boolean,
): Promise<CopyFolder> {
  const real = await madeFolder(resolve(path), () => {
    if (!sure) refuseWithin(realFolder(dirname(resolve(path))), roots)
  })
  if (!sure) refuseWithin(real, roots)
  try {
    const probe = osFromText(childOf(real, `.kartoteka-${randomUUID()}.part`))
    await (await open(probe, 'wx')).close()
    await rm(probe, { force: true })
    const names = await readdir(osFromText(real), { encoding: 'buffer' })
    return { path: real, names: names.map(textFromOs) }
  } catch (error) {
    throw refusal(error, real)
  }
}

/** @param beforeMaking throws where it must not be made */
async function madeFolder(path: string, beforeMaking: () => void): Promise<string> {
  try {
    return realFolder(path)
  } catch (missing) {
    // The one above is named when that is not there, either.
    realFolder(dirname(path))
    beforeMaking()
    try {
      await mkdir(osFromText(path))
    } catch (error) {
      throw codeOf(error) === 'EEXIST' ? missing : refusal(error, path)
    }
    return realFolder(path)
  }
}

function refuseWithin(folder: string, roots: readonly string[]): void {
  const root = roots.find((each) => isWithin(folder, each))
  if (root === undefined) return
  throw new KartotekaError(
    'folder-in-library',
    `${folder} is in ${root}, a folder of the library: copies in it are found as copies of their photos.`,
  )
}

function refusal(error: unknown, folder: string): KartotekaError {
  const code = codeOf(error)
  const failure = failureOf(code, folder)
  if (failure !== null) return new KartotekaError(failure.code, failure.message, { cause: error })
  return new KartotekaError(
    'folder-unwritable',
    `Nothing can be written into ${folder}: ${systemReason(error)}. Choose another folder.`,
    {
      cause: error,
    },
  )
}
