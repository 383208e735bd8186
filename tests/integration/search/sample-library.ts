import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fold } from '../../../electron/core/labels/fold.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { refreshFindings, type Verdict } from '../../../electron/core/library/photos/index-entries.ts'
import { insertFolder } from '../../../electron/core/library/roots/folders.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { packMasses } from '../../../electron/core/library/photos/masses.ts'
import { openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { secondsOf } from '../../../electron/core/library/times.ts'
import { refreshWords } from '../../../electron/core/library/photos/words.ts'

export interface Sample {
  readonly name: string
  /** Below the root `/photos`. */
  readonly folder?: string
  readonly takenAt?: string
  readonly tags?: readonly (readonly [classIndex: number, probability: number])[]
  readonly masses?: readonly (readonly [categoryId: number, mass: number])[]
  readonly decisions?: readonly (readonly [term: number, verdict: Verdict])[]
  readonly keywords?: readonly string[]
  readonly camera?: string
  readonly format?: string
  readonly place?: boolean
  readonly damaged?: boolean
  /** The byte its content hash is made of. */
  readonly content?: number
  readonly state?: 'pending' | 'done' | 'failed'
  /** Never read, so not on the wall. */
  readonly unread?: boolean
  readonly offline?: boolean
}

export interface SampleLibrary {
  readonly library: Library
  readonly close: () => void
}

/** A real library on disk that holds these photos, with ids 1, 2, … in their order. */
export function sampleLibrary(
  samples: readonly Sample[],
  lexicon: Pick<Lexicon, 'classes' | 'categories'>,
  ownLabels: readonly string[] = [],
): SampleLibrary {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-search-'))
  const parents = new Map(lexicon.categories.map(({ id, parents }) => [id, parents]))
  const above = (term: number): number[] => {
    const direct = lexicon.classes[term]?.parents ?? parents.get(term) ?? []
    return direct.flatMap((parent) => [parent, ...above(parent)])
  }
  const library = openLibrary(folder, { mode: 'write', ancestorsOf: (term) => [...new Set(above(term))] })
  library.db.pragma('synchronous = OFF')
  write(library, () => {
    const { db } = library
    for (const name of ownLabels)
      db.prepare('INSERT INTO own_label (name, folded) VALUES (?, ?)').run(name, fold(name))
    const rootId = Number(
      db.prepare("INSERT INTO root (path, added_at) VALUES ('/photos', 0)").run().lastInsertRowid,
    )
    const top = insertFolder(library, rootId, null, '/photos')
    const folders = new Map([['', top]])
    const cameras = new Map<string, number>()
    for (const sample of samples) addPhoto(library, sample, rootId, folders, cameras)
    const ids = samples.map((_, at) => at + 1)
    refreshFindings(library, ids)
    refreshWords(library, ids)
  })
  return {
    library,
    close: () => {
      library.db.close()
      library.release()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function addPhoto(
  library: Library,
  sample: Sample,
  rootId: number,
  folders: Map<string, number>,
  cameras: Map<string, number>,
): void {
  const { db } = library
  const path = sample.folder ?? ''
  let parent = folders.get('') ?? 0
  let walked = ''
  for (const part of path.split('/').filter((name) => name !== '')) {
    walked = walked === '' ? part : `${walked}/${part}`
    const known = folders.get(walked) ?? insertFolder(library, rootId, parent, `/photos/${walked}`)
    folders.set(walked, known)
    parent = known
  }
  if (sample.offline === true) db.prepare('UPDATE folder SET offline = 1 WHERE id = ?').run(parent)
  const camera = sample.camera ?? null
  if (camera !== null && !cameras.has(camera)) {
    const { lastInsertRowid } = db
      .prepare('INSERT INTO camera (name, folded) VALUES (?, ?)')
      .run(camera, fold(camera))
    cameras.set(camera, Number(lastInsertRowid))
  }
  const state = sample.state ?? 'done'
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO photo (folder_id, name, size, mtime, ctime, state, kind, reason, content_hash, format, width, height,
         taken_at, latitude, longitude, camera_id, keywords, damaged)
       VALUES (?, ?, 1, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      parent,
      sample.name,
      state,
      state === 'failed' ? 'damaged' : null,
      state === 'failed' ? 'The file ends too early.' : null,
      sample.content === undefined ? null : Buffer.alloc(16, sample.content),
      sample.format ?? 'jpeg',
      sample.unread === true ? null : 400,
      sample.unread === true ? null : 300,
      sample.takenAt === undefined ? null : secondsOf(sample.takenAt),
      sample.place === true ? 55.75 : null,
      sample.place === true ? 37.62 : null,
      camera === null ? null : (cameras.get(camera) ?? null),
      sample.keywords === undefined ? null : JSON.stringify(sample.keywords),
      sample.damaged === true ? 'The lower half is missing.' : null,
    )
  const id = Number(lastInsertRowid)
  for (const [at, [classIndex, probability]] of (sample.tags ?? []).entries())
    db.prepare('INSERT INTO tag VALUES (?, ?, ?, ?)').run(id, at + 1, classIndex, probability)
  if (sample.masses !== undefined) {
    db.prepare("INSERT OR IGNORE INTO model VALUES (1, 'googlenet', 'fp32', '00')").run()
    const masses = packMasses(sample.masses.map(([categoryId, mass]) => ({ categoryId, mass })))
    db.prepare('INSERT INTO classification VALUES (?, 1, ?)').run(id, masses)
  }
  for (const [term, verdict] of sample.decisions ?? [])
    db.prepare('INSERT INTO decision VALUES (?, ?, ?, 0)').run(id, term, verdict)
}

/** Folded words of a text, for comparing by hand. */
export const plainWords = (text: string): string =>
  fold(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .join(' ')
