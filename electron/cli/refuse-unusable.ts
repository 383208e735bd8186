import { KartotekaError } from '../core/contract/failure.ts'
import { faultOfPlace } from '../core/library/upkeep/place.ts'

/** @throws KartotekaError `library-unusable` for a place that cannot hold a library, see `faultOfPlace` */
export function refuseUnusable(folder: string, use: 'read' | 'write'): void {
  const fault = faultOfPlace(folder, use)
  if (fault !== null) throw new KartotekaError('library-unusable', fault)
}
