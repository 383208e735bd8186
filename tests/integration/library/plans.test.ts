import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { companionsSql } from '../../../electron/core/library/companions.ts'
import {
  anyOfflineSql,
  queuePlacesSql,
  rootOfflineSql,
  waitingSql,
} from '../../../electron/core/library/roots/folders.ts'
import { photoRecordSql, sameContentSql } from '../../../electron/core/library/photos/details.ts'
import { formerContentSql } from '../../../electron/core/library/former-contents.ts'
import {
  awaySql,
  goneSql,
  knownContentSql,
  laterCopiesSql,
  looseSql,
  twinSql,
} from '../../../electron/core/library/moves.ts'
import { knownFilesSql } from '../../../electron/core/library/files/files.ts'
import { problemsSql } from '../../../electron/core/library/files/problems.ts'
import { pendingSql } from '../../../electron/core/library/files/queue.ts'
import { strangersSql } from '../../../electron/core/library/strangers.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  addFile,
  addPhoto,
  hashOf,
  planOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

/** With and without statistics, since both happen: `optimize` gathers them when a library is closed. */
function fill(fresh: Library, analysed: Library): readonly Library[] {
  for (const library of [fresh, analysed]) {
    for (let number = 1; number <= 200; number++) {
      addPhoto(library, {
        path: `/photos/${number % 9}/${number}.jpg`,
        reading: { contentHash: hashOf(number) },
      })
    }
  }
  analysed.db.exec('ANALYZE')
  return [fresh, analysed]
}

/** For all tests that only ask. */
let libraries: readonly Library[] = []

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-'))
  const open = (name: string): Library => openLibrary(join(folder, name), { mode: 'write' })
  libraries = fill(open('fresh'), open('analysed'))
  return () => {
    for (const library of libraries) closeLibrary(library)
    rmSync(folder, { recursive: true, force: true })
  }
})

const perPageOrPhoto: readonly [string, string, readonly string[]][] = [
  ['the queue', pendingSql, ['photo_queue', 'folder|f USING INTEGER PRIMARY KEY']],
  ['the queue from a place on', queuePlacesSql, ['photo_queue', 'f USING INTEGER PRIMARY KEY']],
  ['photos that wait for a disk', waitingSql, ['COVERING INDEX photo_waiting (folder_id=?)']],
  ['files of a folder', knownFilesSql, ['sqlite_autoindex_photo_1 (folder_id=?)']],
  ['files of a folder that are no photos', strangersSql, ['PRIMARY KEY (folder_id=?)']],
  [
    'whether a root is away',
    rootOfflineSql,
    ['sqlite_autoindex_root_1 (path=?)', 'folder_by_root (root_id=?)|folder_offline'],
  ],
  ['whether a folder is away', anyOfflineSql, ['COVERING INDEX folder_offline']],
  ['RAW files shown with a picture', companionsSql, ['photo_by_companion (companion_of=?)']],
  ['problems', problemsSql, ['photo_failed', 'p USING INTEGER PRIMARY KEY']],
  ['everything of a photo', photoRecordSql, ['p USING INTEGER PRIMARY KEY', 'f USING INTEGER PRIMARY KEY']],
  ['photos gone of a size', goneSql, ['photo_gone (size=?)']],
  [
    'a page by confidence',
    'SELECT photo_id, score FROM finding WHERE term = ? AND score >= ? AND (score, shown_at, photo_id) < (?, ?, ?) ORDER BY score DESC, shown_at DESC, photo_id DESC LIMIT 100',
    ['COVERING INDEX finding_by_score (term=?'],
  ],
  [
    'a page by date',
    'SELECT photo_id, score FROM finding WHERE term = ? AND score >= ? AND (shown_at, photo_id) < (?, ?) ORDER BY shown_at DESC, photo_id DESC LIMIT 100',
    ['COVERING INDEX finding_by_date (term=?'],
  ],
  [
    'a window of the wall',
    'SELECT id FROM photo WHERE visible = 1 AND shown_at < ? ORDER BY shown_at DESC, id DESC LIMIT 100 OFFSET 3',
    ['photo_by_date (shown_at<?)'],
  ],
  [
    'photos of a folder by date',
    'SELECT id FROM photo WHERE visible = 1 AND folder_id = ? ORDER BY shown_at DESC, id DESC',
    ['photo_by_folder (folder_id=?)'],
  ],
  [
    'a total',
    'SELECT sum(count) FROM term_count WHERE term = ? AND bucket >= ?',
    ['PRIMARY KEY (term=? AND bucket>?)'],
  ],
]

describe('queries that run for each page or photo', () => {
  it.each(perPageOrPhoto)('%s: by index, without sorting', (_, sql, parts) => {
    for (const library of libraries) {
      const plan = planOf(library, sql)
      for (const part of parts) expect(plan).toMatch(new RegExp(part.split('|').map(escaped).join('|')))
      expect(plan).not.toMatch(/TEMP B-TREE/)
      expect(plan).not.toMatch(
        /SCAN (?!folder USING COVERING INDEX folder_offline|p USING (COVERING )?INDEX photo_queue|photo USING COVERING INDEX photo_failed|page)/,
      )
    }
  })

  it.each([sameContentSql, looseSql, knownContentSql, awaySql, laterCopiesSql, twinSql])(
    'photos of the same content: by index: %s',
    (sql) => {
      for (const library of libraries) {
        const plan = planOf(library, sql)
        expect(plan).toContain('photo_by_content (content_hash=?')
        expect(plan).not.toContain('SCAN')
      }
    },
  )

  it('what a photo was before it was edited: by its name', () => {
    for (const library of libraries) {
      expect(planOf(library, formerContentSql)).toContain('sqlite_autoindex_photo_1 (folder_id=? AND name=?)')
    }
  })

  it('no statement of indexing and deciding reads a whole table', () => {
    for (const library of fill(tempLibrary(), tempLibrary())) {
      const id = addFile(library, '/photos/new.jpg')
      storeResults(
        library,
        [{ kind: 'read', photoId: id, reading: readingOf(), tagging: taggingOf() }],
        someModel,
      )
      decide(library, [id], 151, 'confirmed')
      undo(library)
      const plans = [...library.statements.keys()]
        .filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql) && !sql.includes(':'))
        .map((sql) => ({ sql, plan: planOf(library, sql) }))
      const scans = plans.filter(({ plan }) =>
        /SCAN (?!library_state|r\b|root\b|decision_change\b|CONSTANT|photo_words)/.test(plan),
      )
      // The queue's own state and roots are short; everything else goes by key.
      expect(scans.map(({ sql }) => sql).filter((sql) => !sql.includes("state = 'running'"))).toEqual([])
      expect(plans.length).toBeGreaterThan(20)
    }
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()[\]\\]/g, '\\$&')
}
