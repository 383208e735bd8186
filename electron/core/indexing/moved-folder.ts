/** A folder that holds, or seems to hold, the photos of a folder of the library. Paths. */
export interface MovedFolder {
  readonly folder: string
  readonly from: string
}

/** As a sentence. */
export function describeMoved({ folder, from }: MovedFolder): string {
  return `The photos of ${from}, which is away, seem to be in ${folder} now.`
}
