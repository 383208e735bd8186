/** What the codes of the operating system mean (errno(3) of POSIX; libuv gives those of Windows the same names). */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EBUSY: 'another program is using it',
  ETXTBSY: 'another program is using it',
  EIO: 'the disk reports an error',
  ENODEV: 'the disk is gone',
  ENXIO: 'the disk is gone',
  ESTALE: 'the network drive has lost it',
  ETIMEDOUT: 'the drive does not answer',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EEXIST: 'there is something of that name already',
  ENOTEMPTY: 'the folder is not empty',
  EFBIG: 'the file is too large',
}

/**
 * Why the operating system refused something, in words that end a sentence.
 * @returns for a code of no meaning here, the code itself: it can at least be looked up
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) return error.message
  return reasons[code] ?? `the system says ${code}`
}
