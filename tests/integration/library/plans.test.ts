import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  knownFilesSql,
  laterCopiesSql,
  uselessMissingSql,
} from '../../../electron/core/library/files/files.ts'
import { datedPhotosSql } from '../../../electron/core/library/decisions/date-changes.ts'
import { neighboursSql, placedPhotosSql } from '../../../electron/core/library/decisions/place-changes.ts'
import { problemsSql } from '../../../electron/core/library/files/problems.ts'
import { pendingSql, turnedSql } from '../../../electron/core/library/files/queue.ts'
import { sidecarsSql } from '../../../electron/core/library/files/sidecars.ts'
import { photoFilesSql } from '../../../electron/core/library/photos/best-file.ts'
import { fileRecordSql, photoRecordSql } from '../../../electron/core/library/photos/details.ts'
import {
  borrowingSql,
  keptContentsSql,
  tellingFilesSql,
} from '../../../electron/core/library/photos/facts.ts'
import { replacedSql } from '../../../electron/core/library/photos/former.ts'
import { comparedSql } from '../../../electron/core/library/photos/cut-offs.ts'
import { currentResultSql, keptOfModelSql } from '../../../electron/core/library/photos/kept-results.ts'
import { knownContentSql } from '../../../electron/core/library/photos/known-contents.ts'
import {
  offsetsOfDaySql,
  shiftedOfDaySql,
  timedOfDaySql,
  unevenDaysSql,
} from '../../../electron/core/library/photos/order-of-days.ts'
import { originalsSql, sidecarsOfFileSql } from '../../../electron/core/library/photos/originals.ts'
import { ownValuesSql, saidFactsSql } from '../../../electron/core/library/photos/said-facts.ts'
import { shownFactsSql } from '../../../electron/core/library/photos/shown-facts.ts'
import { stackedUnderSql } from '../../../electron/core/library/photos/stacked.ts'
import { siblingsSql } from '../../../electron/core/library/photos/stacks.ts'
import { namesSql } from '../../../electron/core/library/photos/words.ts'
import {
  anyOfflineSql,
  photosBelowSql,
  rootOfflineSql,
  severalFoldersSql,
} from '../../../electron/core/library/roots/folders.ts'
import { enterQueueSql, nextAttemptsSql, queuedSql } from '../../../electron/core/library/roots/offline.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { cherishedSql } from '../../../electron/core/library/decisions/cherished.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { saidBeforeSql } from '../../../electron/core/library/decisions/person-facts.ts'
import { distinctFromSql } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { bestToStandSql } from '../../../electron/core/library/decisions/stacking.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  addFile,
  addPhoto,
  hashOf,
  photoAt,
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

const byKey = 'USING INTEGER PRIMARY KEY'
const perPageOrPhoto: readonly [string, string, readonly string[]][] = [
  ['the queue', pendingSql, ['file_queue', `f ${byKey}`]],
  ['sidecars beside a file', sidecarsSql, ['file_sidecar (folder_id=? AND sidecar_of=?)']],
  [
    'sidecars beside a file that is copied',
    sidecarsOfFileSql,
    [`fi ${byKey}`, 'file_sidecar (folder_id=? AND sidecar_of=?)'],
  ],
  ['the queue from one file on', queuedSql, ['file_queue (attempts=? AND id>?)']],
  ['how often the rest of the queue was tried', nextAttemptsSql, ['file_queue (attempts>?)']],
  ['entering the queue', enterQueueSql, ['COVERING INDEX file_waiting (folder_id=?)']],
  ['files of a folder', knownFilesSql, ['sqlite_autoindex_file_1 (folder_id=?)']],
  [
    'whether a root is away',
    rootOfflineSql,
    ['sqlite_autoindex_root_1 (path=?)', 'folder_by_root (root_id=?)|folder_offline'],
  ],
  ['whether a folder is away', anyOfflineSql, ['COVERING INDEX folder_offline']],
  ['files beside a picture', siblingsSql, ['sqlite_autoindex_file_1 (folder_id=? AND name>? AND name<?)']],
  ['problems', problemsSql, ['file_failed', `fi ${byKey}`]],
  ['everything of a photo', photoRecordSql, [`p ${byKey}`]],
  [
    'whether a person cares for a photo',
    cherishedSql,
    [`photo ${byKey}`, 'decision USING PRIMARY KEY (photo_id=? AND term>?)'],
  ],
  ['what is shown of photos', shownFactsSql, [`p ${byKey}`]],
  ['what is said of photos', saidFactsSql, ['said USING PRIMARY KEY (photo_id=?)']],
  ['what is kept of it with them', ownValuesSql, [`p ${byKey}`]],
  ['what contents say', keptContentsSql, [`content_facts ${byKey}`]],
  ['what was said before', saidBeforeSql, [`p ${byKey}`, 'said USING PRIMARY KEY (photo_id=? AND field=?)']],
  [
    'photos whose tags were made of them turned otherwise',
    turnedSql,
    ['file_by_photo (photo_id=?', `c ${byKey}`, `p ${byKey}`],
  ],
  [
    'photos whose date names may tell',
    borrowingSql,
    [
      `photo ${byKey}`,
      `content_facts ${byKey}`,
      'person_fact USING PRIMARY KEY (photo_id=?)',
      'file_by_photo (photo_id=?)',
    ],
  ],
  ['everything of a file', fileRecordSql, [`fi ${byKey}`, `f ${byKey}`]],
  [
    'missing files that lead to nothing',
    uselessMissingSql,
    ['file_missing (id>?)', 'file_by_photo (photo_id=?'],
  ],
  ['copies of a file', laterCopiesSql, [`fi ${byKey}`, 'file_by_photo (photo_id=?']],
  ['a photo by its content', knownContentSql, ['sqlite_autoindex_photo_1 (content_hash=?)']],
  ['what a network found of a photo', currentResultSql, [`classification ${byKey}`, `m ${byKey}`]],
  [
    'what is kept of a network',
    keptOfModelSql,
    ['k USING COVERING INDEX kept_result_by_model|k USING INDEX kept_result_by_model', `p ${byKey}`],
  ],
  [
    'photos that two networks looked at',
    comparedSql,
    ['k USING INDEX kept_result_by_model (model_id=?)', `c ${byKey}`, 'tag USING PRIMARY KEY'],
  ],
  ['missing files', uselessMissingSql, ['file_missing', 'file_by_photo (photo_id=?']],
  ['photos that a day moves', shiftedOfDaySql, ['photo USING INDEX photo_shifted (day=?)']],
  [
    'days that may move photos',
    unevenDaysSql,
    ['photo_shifted (day=?)', 'photo USING INDEX photo_by_offset (day=? AND taken_offset>?)'],
  ],
  ['when photos were taken', datedPhotosSql, [`p ${byKey}`]],
  ['where photos were taken', placedPhotosSql, [`p ${byKey}`, 'person_fact USING PRIMARY KEY']],
  ['photos between two times', neighboursSql, ['photo_by_date (shown_at>? AND shown_at<?)']],
  [
    'photos below a folder',
    photosBelowSql,
    [
      'sqlite_autoindex_folder_1 (path=?)',
      'sqlite_autoindex_folder_1 (path>? AND path<?)',
      'fp USING PRIMARY KEY',
    ],
  ],
  ['files whose content was replaced', replacedSql, ['file_former', `p ${byKey}`]],
]

/** Ends with the first row. */
const anyPhotoSql = 'SELECT 1 FROM photo LIMIT 1'

describe('queries that run for each page or photo', () => {
  it.each(perPageOrPhoto)('%s: by index, without sorting', (_, sql, parts) => {
    for (const library of libraries) {
      const plan = planOf(library, sql)
      for (const part of parts) expect(plan).toMatch(new RegExp(part.split('|').map(escaped).join('|')))
      expect(plan).not.toMatch(/TEMP B-TREE/)
      expect(plan).not.toMatch(
        /SCAN (?!some VIRTUAL|folder USING COVERING INDEX folder_offline|fi USING (COVERING )?INDEX file_(queue|former)|file USING (COVERING )?INDEX file_(failed|missing)|page)/,
      )
    }
  })

  it.each([photoFilesSql, originalsSql, namesSql, tellingFilesSql])(
    'files of a photo: by index; the few there are are sorted: %s',
    (sql) => {
      for (const library of libraries) {
        expect(planOf(library, sql)).toMatch(/fi USING .*file_by_photo \(photo_id=\?/u)
        expect(planOf(library, sql)).not.toMatch(/SCAN (?!r |some VIRTUAL)/)
      }
    },
  )

  it('photos that are not one picture, and the best of some: by key', () => {
    for (const library of libraries) {
      const distinct = planOf(library, distinctFromSql)
      expect(distinct).toMatch(/distinct_pair USING PRIMARY KEY \(photo_id=\?\)/u)
      expect(distinct).toMatch(
        /distinct_pair USING (COVERING )?INDEX distinct_pair_by_other \(other_id=\?\)/u,
      )
      expect(planOf(library, bestToStandSql)).toMatch(/p USING INTEGER PRIMARY KEY/u)
    }
  })

  it('photos of a stack: by index; the few there are are sorted', () => {
    for (const library of libraries) {
      const plan = planOf(library, stackedUnderSql)
      expect(plan).toMatch(/s USING (COVERING )?INDEX stacked_by_keeper \(keeper_id=\?\)/u)
      expect(plan).toMatch(/p USING INTEGER PRIMARY KEY/u)
    }
  })

  it('photos with files in several folders: only those that have copies', () => {
    for (const library of libraries) {
      const plan = planOf(library, severalFoldersSql)
      expect(plan).toMatch(/p USING INDEX photo_with_copies/u)
      expect(plan).toMatch(/fp USING (COVERING )?INDEX folder_photo_by_photo \(photo_id=\?/u)
    }
  })

  it('photos of a day with several clocks: only those of that day; of others not even these', () => {
    for (const library of libraries) {
      const ends = planOf(library, offsetsOfDaySql)
      expect(
        ends.match(/SEARCH photo USING INDEX photo_by_offset \(day=\? AND taken_offset>\?\)/gu),
      ).toHaveLength(2)
      const plan = planOf(library, timedOfDaySql)
      expect(plan).toMatch(/photo USING INTEGER PRIMARY KEY \(rowid=\?\)/u)
      expect(plan).toMatch(/photo USING (COVERING )?INDEX photo_by_date \(shown_at>\? AND shown_at<\?\)/u)
      expect(plan).toMatch(/photo USING (COVERING )?INDEX photo_shifted \(day=\?\)/u)
    }
  })

  it('no statement of indexing and deciding reads a whole table', () => {
    for (const library of fill(tempLibrary(), tempLibrary())) {
      const id = addFile(library, '/photos/new.jpg')
      storeResults(
        library,
        [{ kind: 'read', fileId: id, reading: readingOf(), tagging: taggingOf() }],
        someModel,
      )
      decide(library, [photoAt(library, '/photos/new.jpg') ?? 0], 151, 'confirmed')
      undo(library)
      const plans = [...library.statements.keys()]
        .filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql) && !sql.includes(':'))
        .map((sql) => ({ sql, plan: planOf(library, sql) }))
      const scans = plans.filter(({ plan }) =>
        /SCAN (?!some VIRTUAL|library_state|r\b|root\b|decision_change\b|CONSTANT|photo_words|deferred_index|unordered_day)/m.test(
          plan,
        ),
      )
      // The queue's own state and roots are short; everything else goes by key.
      expect(
        scans
          .map(({ sql }) => sql)
          .filter((sql) => !sql.includes("state = 'running'") && sql !== anyPhotoSql),
      ).toEqual([])
      expect(plans.length).toBeGreaterThan(20)
    }
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()[\]\\]/g, '\\$&')
}
