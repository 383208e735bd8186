import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { nextFormatSql } from '../../../electron/core/search/complete.ts'
import { countScoresSql, sumBucketsSql, sumsFromSql } from '../../../electron/core/search/counts.ts'
import { dateOrderSql, daysSql, orderedByDateSql } from '../../../electron/core/search/date-order.ts'
import {
  onlyKeywordsSql,
  termByDateSql,
  termByScoreSql,
  termDaysSql,
  wallSql,
} from '../../../electron/core/search/photo-list.ts'
import { keepMirror } from '../../../electron/core/search/mirror-keeping.ts'
import {
  anyPhotoSql,
  blockColumnsSql,
  blockFindingsSql,
  oneShownAtSql,
  orderSql,
  sameContentSql,
  shownAtSql,
  someColumnsSql,
  someFindingsSql,
} from '../../../electron/core/search/mirror-reading.ts'
import {
  foldersSql,
  matchingFoldersSql,
  matchingTextsSql,
} from '../../../electron/core/search/mirror-texts.ts'
import { matchingBetweenSql, matchingSql } from '../../../electron/core/search/mirror-words.ts'
import { photoTests, presentSql } from '../../../electron/core/search/photo-tests.ts'
import { planOf, type Plan } from '../../../electron/core/search/plan.ts'
import { readQuery } from '../../../electron/core/search/resolve.ts'
import { hasAnyMatchSql, hasMatchSql, sessionOf } from '../../../electron/core/search/session.ts'
import {
  anyClassSql,
  bestAmongSql,
  termAmongSql,
  termScoresSql,
  termSql,
} from '../../../electron/core/search/term-sets.ts'
import { windowAmongSql, wordsSql } from '../../../electron/core/search/test-sets.ts'
import { findingsSql, photosSql } from '../../../electron/core/search/wall-photos.ts'
import { sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const { library, close } = sampleLibrary(
  [
    { name: 'a.jpg', folder: 'Italy', keywords: ['trip'], camera: 'Canon', tags: [[151, 0.9]] },
    { name: 'b.jpg' },
  ],
  lexicon,
)
afterAll(close)

const stepsOf = (sql: string): string => {
  const statement = library.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  // SQLite plans the same whatever is bound to a plain `?`.
  const places = sql.split('?').length - 1
  const steps = statement.all(...Array.from({ length: places }, () => 1))
  return steps.map(({ detail }) => detail).join('\n')
}

const planned = (text: string, sort: 'confidence' | 'date' = 'confidence'): Plan => {
  const { vocabulary, facts } = sessionOf(library, lexicon)
  return planOf(readQuery(text, vocabulary), { minConfidence: null, sort }, vocabulary, facts)
}

describe('one label', () => {
  it('comes straight from its index, in order', () => {
    expect(planned('dog')).toMatchObject({ kind: 'term', match: null })
    expect(stepsOf(termByScoreSql)).toBe(
      'SEARCH finding USING COVERING INDEX finding_by_score (term=? AND score>? AND score<?)',
    )
    expect(stepsOf(termByDateSql)).toBe(
      'SEARCH finding USING COVERING INDEX finding_by_date (term=? AND shown_at<?)',
    )
  })

  it('is counted from the totals, its days in one pass of its index', () => {
    expect(stepsOf(sumBucketsSql)).toBe(
      'SEARCH term_count USING PRIMARY KEY (term=? AND bucket>? AND bucket<?)',
    )
    expect(stepsOf(sumsFromSql)).toContain('SEARCH term_count USING PRIMARY KEY (term=? AND bucket>?)')
    expect(stepsOf(countScoresSql)).toContain(
      'COVERING INDEX finding_by_score (term=? AND score>? AND score<?)',
    )
    expect(stepsOf(termDaysSql)).toContain('SEARCH finding USING COVERING INDEX finding_by_date (term=?)')
  })

  it('takes photos that only have it as a keyword from the words', () => {
    expect(stepsOf(onlyKeywordsSql).split('\n')).toEqual([
      expect.stringContaining('SCAN photo_words VIRTUAL TABLE INDEX 0:M'),
      'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH finding USING PRIMARY KEY (photo_id=? AND term=?)',
      'USE TEMP B-TREE FOR ORDER BY',
    ])
    expect(stepsOf(hasMatchSql)).not.toContain('TEMP B-TREE')
    expect(stepsOf(hasAnyMatchSql)).toContain('SCAN photo_words VIRTUAL TABLE INDEX 0:M')
  })
})

describe('the wall', () => {
  it('is read by date from where the window begins', () => {
    expect(planned('')).toMatchObject({ kind: 'wall' })
    expect(planned('2019')).toMatchObject({ kind: 'wall', window: { from: 1_546_300_800 } })
    expect(stepsOf(wallSql)).toBe('SEARCH photo USING INDEX photo_by_date (shown_at>? AND shown_at<?)')
  })

  it('reads a screen of photos by primary key', () => {
    expect(stepsOf(photosSql)).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid=?)')
    expect(stepsOf(photosSql)).toContain('SEARCH f USING INTEGER PRIMARY KEY (rowid=?)')
    expect(stepsOf(photosSql)).toContain('SEARCH decision USING PRIMARY KEY (photo_id=?)')
    expect(stepsOf(findingsSql)).toContain('SEARCH finding USING PRIMARY KEY (photo_id=?)')
  })
})

describe('several conditions', () => {
  it('the photos of a label come from its index by date, alone or with their scores', () => {
    for (const sql of [termSql, termScoresSql])
      expect(stepsOf(sql)).toContain(
        'SEARCH finding USING COVERING INDEX finding_by_date (term=? AND shown_at>? AND shown_at<?)',
      )
    expect(stepsOf(termScoresSql)).not.toContain('TEMP B-TREE')
  })

  it('a few photos are looked up by key instead', () => {
    expect(stepsOf(termAmongSql)).toContain('SEARCH finding USING PRIMARY KEY (photo_id=? AND term=?)')
    expect(stepsOf(bestAmongSql)).toContain('SEARCH finding USING PRIMARY KEY (photo_id=? AND term<?)')
    for (const sql of [orderedByDateSql, daysSql, windowAmongSql])
      expect(stepsOf(sql)).toMatch(/SEARCH (p|photo) USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  })

  it('the surest class of all photos is a range of the index of each class', () => {
    expect(stepsOf(anyClassSql)).toContain(
      'SEARCH finding USING COVERING INDEX finding_by_score (term=? AND score>? AND score<?)',
    )
  })

  it('the order of all photos is read in one pass, without sorting', () => {
    expect(stepsOf(dateOrderSql)).toContain(
      'SEARCH photo USING INDEX photo_by_date (shown_at>? AND shown_at<?)',
    )
    expect(stepsOf(dateOrderSql)).not.toContain('TEMP B-TREE')
  })

  it('words come from their own index', () => {
    expect(stepsOf(wordsSql)).toContain('SCAN photo_words VIRTUAL TABLE INDEX 0:M')
  })

  it('of a long phrase only the first words are looked for', () => {
    expect(planned('name:"a b c d e f g h i j"')).toMatchObject({
      groups: [{ tests: [{ match: 'name : "a b c d e f"' }] }],
    })
  })

  it('the same alternative twice is looked for once', () => {
    expect(planned('dog or cat or dog & 2019')).toMatchObject({
      groups: [{ tests: [{ kind: 'term' }, { kind: 'term' }] }],
    })
    expect(planned('dog or dog')).toMatchObject({ kind: 'term' })
  })

  it.each([
    ['folder', 'SEARCH p USING INDEX photo_by_folder (folder_id=?)'],
    ['camera', 'SEARCH p USING INDEX photo_by_camera (camera_id=?)'],
    ['type', 'SEARCH p USING INDEX photo_by_format (format=?)'],
    ['place', 'SCAN p USING INDEX photo_with_place'],
    ['keywords', 'SCAN p USING INDEX photo_with_keywords'],
    ['damaged', 'SCAN p USING INDEX photo_damaged'],
    ['offline', 'SEARCH p USING INDEX photo_by_folder (folder_id=?)'],
    ['untagged', 'SEARCH finding USING PRIMARY KEY (photo_id=?)'],
    ['has camera', 'SEARCH p USING INDEX photo_by_camera (camera_id>?)'],
    ['copy', 'SEARCH p USING INDEX photo_by_content (content_hash=?)'],
    ['problem', 'SCAN photo USING INDEX photo_failed'],
    ['pending', 'SCAN photo USING INDEX photo_queue'],
  ] as const)('all photos with "%s" come from an index', (what, step) => {
    expect(stepsOf(photoTests[what].all)).toContain(step)
  })

  it.each(Object.keys(photoTests) as (keyof typeof photoTests)[])(
    'which of some photos have "%s" is looked up by key',
    (what) => {
      const steps = stepsOf(photoTests[what].among)
      expect(steps).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid=?)')
      expect(steps).not.toMatch(/SCAN (p|photo|finding|decision)\b/)
    },
  )

  it('photos that were not read come from the indexes of the queue', () => {
    expect(stepsOf(presentSql.problem)).toContain('SCAN photo USING INDEX photo_failed')
    for (const index of ['photo_queue', 'photo_running', 'photo_waiting'])
      expect(stepsOf(presentSql.pending)).toContain(`USING INDEX ${index}`)
  })
})

describe('the mirror', () => {
  it('is filled by ranges of the primary keys', () => {
    expect(stepsOf(blockColumnsSql)).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
    expect(stepsOf(blockColumnsSql)).toContain('SEARCH decision USING PRIMARY KEY (photo_id=?)')
    expect(stepsOf(blockColumnsSql)).toContain('SEARCH o USING INDEX photo_by_content (content_hash=?)')
    expect(stepsOf(anyPhotoSql)).toBe('SEARCH photo USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
    expect(stepsOf(blockFindingsSql)).toBe('SEARCH finding USING PRIMARY KEY (photo_id>? AND photo_id<?)')
    expect(stepsOf(orderSql)).toContain('SEARCH photo USING INDEX photo_by_date (shown_at>? AND shown_at<?)')
    expect(stepsOf(orderSql)).not.toContain('TEMP B-TREE')
  })

  it('looks changed photos up by key', () => {
    for (const sql of [someColumnsSql, shownAtSql])
      expect(stepsOf(sql)).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid=?)')
    expect(stepsOf(someFindingsSql)).toContain('SEARCH finding USING PRIMARY KEY (photo_id=?)')
    expect(stepsOf(oneShownAtSql)).toBe('SEARCH photo USING INTEGER PRIMARY KEY (rowid=?)')
    expect(stepsOf(sameContentSql)).toBe('SEARCH photo USING INDEX photo_by_content (content_hash=?)')
  })

  it('takes words from their own index, of changed photos only a part of it', async () => {
    expect(stepsOf(matchingSql)).toContain('VIRTUAL TABLE INDEX 0:M')
    await keepMirror(library)
    for (const sql of [matchingTextsSql, matchingFoldersSql])
      expect(stepsOf(sql)).toMatch(/^SCAN mirror_(text|folder) VIRTUAL TABLE INDEX 0:M/)
    expect(stepsOf(foldersSql)).toContain('SEARCH f USING INTEGER PRIMARY KEY (rowid=?)')
    // Both ends of the range reach the index: `>` and `<`.
    expect(stepsOf(matchingBetweenSql)).toMatch(/VIRTUAL TABLE INDEX 0:(M\d[<>]{2}|[<>]{2}M\d)/)
  })
})

it('formats are found by skipping from one to the next', () => {
  expect(stepsOf(nextFormatSql)).toBe('SEARCH photo USING INDEX photo_by_format (format>?)')
})
