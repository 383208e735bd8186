/**
 * Why a photo could not be used. The list is fixed: scripts and translations rely on it.
 * Each kind goes with a sentence (`reason`) that names what was seen in this very file.
 */
export const problemKinds = [
  'empty',
  'unsupported',
  'damaged',
  'too-large',
  'unreadable',
  'not-an-image',
  'vanished',
  'crashed',
  'timed-out',
  'in-use',
  'not-downloaded',
] as const

export type ProblemKind = (typeof problemKinds)[number]

/** Problems that may be over although the file is the same. */
export const passingProblems: ReadonlySet<ProblemKind | null> = new Set([
  'in-use',
  'vanished',
  'unreadable',
  'not-downloaded',
])
