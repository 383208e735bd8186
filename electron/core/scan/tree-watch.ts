export interface TreeListener {
  /**
   * Something came, changed or went.
   * @param path absolute, in text form
   * @param isFolder `true`: it is or was a folder; `false`: nobody knows
   */
  readonly onChange: (path: string, isFolder: boolean) => void
  /** Changes may have been missed, and no more are told: it is to be closed. */
  readonly onFailure: (error: unknown) => void
  /** Whether nothing in this folder, or below it, needs to be told. */
  readonly skips: (folder: string) => boolean
  /** Unix time, milliseconds. A folder that changed later than this, before it was watched, is told too where that is seen. */
  readonly since: number
}

/** The system tells of what changes in a folder and below it. */
export interface TreeWatch {
  /** Resolves when the system no longer watches. Never rejects. */
  readonly close: () => Promise<void>
}

/**
 * Resolves when the whole tree is watched.
 * @param folder absolute, real, in text form
 * @throws Error of the system, whatever it is
 */
export type WatchTree = (folder: string, listener: TreeListener) => Promise<TreeWatch>
