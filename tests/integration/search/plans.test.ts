import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { compileComposed } from '../../../electron/core/search/compile.ts'
import { nextFormatSql } from '../../../electron/core/search/complete.ts'
import { countScoresSql, sumBucketsSql } from '../../../electron/core/search/counts.ts'
import {
  onlyKeywordsSql,
  termByDateSql,
  termByScoreSql,
  termDaysSql,
  wallSql,
} from '../../../electron/core/search/photo-list.ts'
import { planOf, type Plan } from '../../../electron/core/search/plan.ts'
import { readQuery } from '../../../electron/core/search/resolve.ts'
import { hasMatchSql, sessionOf } from '../../../electron/core/search/session.ts'
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

const stepsOf = (sql: string, values: Readonly<Record<string, unknown>> | null = null): string => {
  const statement = library.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  // SQLite plans the same whatever is bound to a plain `?`.
  const places = sql.split('?').length - 1
  const steps =
    values === null ? statement.all(...Array.from({ length: places }, () => 1)) : statement.all(values)
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
  const few = { all: 1000, term: () => 10, match: () => 10, folder: () => 10, window: () => 10 }
  const many = { all: 1e6, term: () => 1e5, match: () => 1e5, folder: () => 1e5, window: () => 1e5 }
  const steps = (text: string, estimates = few, sort: 'confidence' | 'date' = 'confidence'): string => {
    const plan = planned(text, sort)
    if (plan.kind !== 'composed') throw new TypeError(`"${text}" is a ${plan.kind} plan`)
    const { sql, values } = compileComposed(plan, sort, estimates)
    return stepsOf(sql, values)
  }

  it('a label within dates is a range of its index by date', () => {
    expect(steps('dog 2019')).toContain(
      'SEARCH finding USING COVERING INDEX finding_by_date (term=? AND shown_at>? AND shown_at<?)',
    )
  })

  it('the second label is probed for each photo of the first', () => {
    const plan = steps('dog cat')
    expect(plan).toContain(
      'SEARCH finding USING COVERING INDEX finding_by_score (term=? AND score>? AND score<?)',
    )
    expect(plan).toContain('SEARCH finding USING PRIMARY KEY (photo_id=? AND term=?)')
    expect(plan).not.toContain('SCAN finding')
    expect(plan).not.toContain('SCAN photo')
  })

  it('among very many photos the second label is read once instead', () => {
    expect(steps('dog cat', many)).toContain('AUTOMATIC COVERING INDEX (photo_id=?)')
    expect(steps('dog cat', many)).not.toContain('PRIMARY KEY (photo_id=? AND term=?)')
    expect(steps('dog -cat', many)).toContain('LIST SUBQUERY')
    expect(steps('dog -cat', many)).not.toContain('PRIMARY KEY (photo_id=? AND term=?)')
  })

  it('what excludes alone is taken from the wall, in its order', () => {
    const plan = steps('-dog', many, 'date')
    expect(plan).toContain('SCAN photo USING INDEX photo_by_date')
    expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY')
  })

  it.each([
    ['folder:italy', 'SEARCH photo USING INDEX photo_by_folder (folder_id=?)'],
    ['trip', 'SCAN photo_words VIRTUAL TABLE INDEX'],
    ['is:problem', 'photo USING INDEX photo_failed'],
    ['is:copy', 'photo_by_content (content_hash=?)'],
    ['dog folder:italy', 'finding_by_score'],
  ])('%s leads by its own index', (text, step) => {
    expect(steps(text)).toContain(step)
  })
})

it('formats are found by skipping from one to the next', () => {
  expect(stepsOf(nextFormatSql)).toBe('SEARCH photo USING INDEX photo_by_format (format>?)')
})
