import { afterAll, describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { reading } from '../../../electron/core/library/statements.ts'
import { onlyTerm, planOf, type Plan } from '../../../electron/core/search/engine/plan.ts'
import { statements, type StatementName } from '../../../electron/core/search/engine/statements.ts'
import { readQuery } from '../../../electron/core/search/language/read-query.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { sampleLibrary } from './sample-library.ts'

const lexicon = loadLexicon()
const { reader, db, close } = sampleLibrary(
  [
    {
      name: 'a.jpg',
      folder: 'Italy',
      keywords: ['trip'],
      camera: 'Canon',
      tags: [[151, 0.9]],
      categoryProbabilities: [[lexicon.idOf('category:dog') ?? 0, 0.9]],
    },
    { name: 'b.jpg', tags: [[281, 0.9]], categoryProbabilities: [[lexicon.idOf('category:cat') ?? 0, 0.9]] },
    { name: 'a b c d e f.jpg' },
  ],
  lexicon,
)
afterAll(close)

/** How SQLite goes about each statement, step by step. Steps of `json_each` and of subqueries are left out. */
const steps: Readonly<Record<StatementName, readonly string[]>> = {
  libraryState: ['SCAN library_state', 'SCAN sqlite_sequence', 'SCAN sqlite_sequence'],
  changesSince: [
    'SEARCH photo_change USING INTEGER PRIMARY KEY (rowid>?)',
    'USE TEMP B-TREE FOR DISTINCT',
    'SEARCH photo_change',
  ],
  order: ['SCAN photo USING INDEX photo_by_date'],
  orderOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  nextInOrder: ['SEARCH photo USING INDEX photo_by_date (shown_at<?)'],
  days: ['SCAN day_count'],
  term: ['SEARCH index_entry USING COVERING INDEX index_entry_by_score (term=? AND score>? AND score<?)'],
  termOfSome: ['SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term=?)'],
  termPage: ['SEARCH index_entry USING COVERING INDEX index_entry_by_score (term=? AND score>? AND score<?)'],
  termBuckets: ['SEARCH term_count USING PRIMARY KEY (term=?)'],
  termBucketsSum: ['SEARCH term_count USING PRIMARY KEY (term=? AND bucket>? AND bucket<?)'],
  termScores: [
    'SEARCH index_entry USING COVERING INDEX index_entry_by_score (term=? AND score>? AND score<?)',
  ],
  termSums: ['SEARCH term_count USING PRIMARY KEY (term=? AND bucket>?)'],
  widestTerms: ['SEARCH term_count USING PRIMARY KEY (term<?)', 'USE TEMP B-TREE FOR ORDER BY'],
  best: ['SEARCH tag USING PRIMARY KEY (photo_id>? AND photo_id<?)'],
  bestOfSome: [
    'SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term<?)',
    'USE TEMP B-TREE FOR GROUP BY',
  ],
  decided: ['SCAN decision'],
  words: ['SCAN photo_words VIRTUAL TABLE INDEX 0:M2'],
  wordsBetween: ['SCAN photo_words VIRTUAL TABLE INDEX 0:M2><'],
  saidWords: ['SCAN photo_text VIRTUAL TABLE INDEX 0:M2'],
  saidWordsBetween: ['SCAN photo_text VIRTUAL TABLE INDEX 0:M2><'],
  shapes: ['SCAN photo USING COVERING INDEX photo_by_shape'],
  shapesOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  folder: ['SEARCH folder_photo USING PRIMARY KEY (folder_id=?)'],
  folderOfSome: [
    'SEARCH folder_photo USING COVERING INDEX folder_photo_by_photo (photo_id=? AND folder_id=?)',
  ],
  camera: ['SEARCH photo USING INDEX photo_by_camera (camera_id=?)'],
  cameraOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)', 'CREATE BLOOM FILTER'],
  lens: ['SEARCH photo USING INDEX photo_by_lens (lens_id=?)'],
  lensOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)', 'CREATE BLOOM FILTER'],
  inPlace: ['SEARCH photo USING INDEX photo_by_place (place_id=?)'],
  inPlaceOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)', 'CREATE BLOOM FILTER'],
  inArea: ['SEARCH photo USING INDEX photo_by_position (latitude>? AND latitude<?)'],
  inAreaOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  positions: ['SEARCH photo USING INDEX photo_by_position (latitude>?)'],
  positionsOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  album: ['SEARCH index_entry USING COVERING INDEX index_entry_by_score (term=?)'],
  albumOfSome: ['SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term=?)'],
  albumPlaces: ['SEARCH album_place USING COVERING INDEX album_place_in_order (own_id=?)'],
  albumCover: [
    'SEARCH e USING PRIMARY KEY (photo_id=? AND term=?)',
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH e USING COVERING INDEX index_entry_by_score (term=? AND score=?)',
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
  ],
  covers: [
    'SEARCH e USING COVERING INDEX index_entry_by_score (term=? AND score>?)',
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  type: ['SEARCH photo USING INDEX photo_by_format (format=?)'],
  typeOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  hours: ['SEARCH photo USING INDEX photo_by_hour (taken_hour=?)'],
  hoursOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)', 'CREATE BLOOM FILTER'],
  inPart: ['SEARCH photo USING INDEX photo_in_part (taken_precision=?)'],
  inPartOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  undated: ['SCAN photo USING INDEX photo_undated'],
  undatedOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  hidden: ['SCAN photo USING INDEX photo_hidden'],
  hiddenOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  hiddenTermScores: [
    'SCAN photo USING INDEX photo_hidden',
    'SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term=?)',
  ],
  ratings: ['SEARCH photo USING INDEX photo_rated (rating>?)'],
  ratingsOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  favourite: ['SCAN photo USING INDEX photo_favourite'],
  favouriteOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  title: ['SCAN person_fact'],
  titleOfSome: ['SEARCH person_fact USING PRIMARY KEY (photo_id=? AND field=?)'],
  note: ['SCAN person_fact'],
  noteOfSome: ['SEARCH person_fact USING PRIMARY KEY (photo_id=? AND field=?)'],
  rejected: ['SCAN photo USING INDEX photo_rejected'],
  rejectedOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  hasCamera: ['SEARCH photo USING INDEX photo_by_camera (camera_id>?)'],
  hasCameraOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  place: ['SEARCH photo USING INDEX photo_by_position (latitude>?)'],
  placeOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  keywords: ['SCAN photo USING INDEX photo_with_keywords'],
  keywordsOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  damaged: ['SCAN photo USING INDEX photo_damaged'],
  damagedOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  copy: ['SCAN photo USING INDEX photo_with_copies'],
  copyOfSome: ['SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'],
  tagged: ['SCAN classification USING COVERING INDEX classification_by_model'],
  taggedOfSome: ['SEARCH index_entry EXISTS USING PRIMARY KEY (photo_id=? AND term<?)'],
  confirmed: ['SCAN decision'],
  confirmedOfSome: ['SEARCH decision USING PRIMARY KEY (photo_id=? AND term<?)'],
  problem: ['SEARCH file USING COVERING INDEX file_unsettled (state=? AND presence=? AND photo_id>?)'],
  problemOfSome: ['SEARCH file USING INDEX file_by_photo (photo_id=? AND presence=?)'],
  pending: ['SEARCH file USING COVERING INDEX file_unsettled (state=? AND presence=? AND photo_id>?)'],
  pendingOfSome: ['SEARCH file USING INDEX file_by_photo (photo_id=? AND presence=?)'],
  offline: [
    'SCAN f USING COVERING INDEX folder_offline',
    'SEARCH folder_photo USING PRIMARY KEY (folder_id=?)',
  ],
  offlineOfSome: [
    'SEARCH folder_photo USING COVERING INDEX folder_photo_by_photo (photo_id=?)',
    'SEARCH f USING COVERING INDEX folder_offline (id=? AND rowid=?)',
  ],
  copyOnline: [
    'SCAN p USING INDEX photo_with_copies',
    'SEARCH folder_photo USING COVERING INDEX folder_photo_by_photo (photo_id=?)',
    'SEARCH f USING INTEGER PRIMARY KEY (rowid=?)',
  ],
  onlineOfSome: [
    'SEARCH folder_photo USING COVERING INDEX folder_photo_by_photo (photo_id=?)',
    'SEARCH f USING INTEGER PRIMARY KEY (rowid=?)',
  ],
  folders: ['SCAN f USING INDEX sqlite_autoindex_folder_1', 'SEARCH r USING INTEGER PRIMARY KEY (rowid=?)'],
  folderCounts: ['SCAN folder'],
  cameras: ['SCAN camera USING COVERING INDEX sqlite_autoindex_camera_1'],
  lenses: ['SCAN lens'],
  lastPlace: ['SEARCH place'],
  places: ['SCAN place'],
  nextFormat: ['SEARCH photo USING INDEX photo_by_format (format>?)'],
  total: ['SCAN day_count', 'SCAN photo USING INDEX photo_hidden'],
  hiddenTotal: ['SCAN photo USING INDEX photo_hidden'],
  // The few photos of a stack are sorted.
  stack: [
    'SEARCH mine USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH s USING COVERING INDEX stacked_by_keeper (keeper_id=?)',
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  wallPhotos: [
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH fi USING INDEX file_by_photo (photo_id=?)',
    'SEARCH f USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH decision USING PRIMARY KEY (photo_id=? AND term<?)',
    'SEARCH mine USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH s USING COVERING INDEX stacked_by_keeper (keeper_id=?)',
    'SEARCH m USING INTEGER PRIMARY KEY (rowid=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  wallEntries: ['SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term<?)'],
  termsOfSome: ['SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term<?)'],
  photoNames: [
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH fi USING INDEX file_by_photo (photo_id=? AND presence=?)',
    'SEARCH f USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH c USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    'SEARCH l USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  foldersOfSome: [
    'SEARCH fi USING COVERING INDEX file_by_photo (photo_id=? AND presence=?)',
    'USE TEMP B-TREE FOR GROUP BY',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  placesOfSome: [
    'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    'USE TEMP B-TREE FOR GROUP BY',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  proposals: [
    'SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term>? AND term<?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  categories: [
    'SEARCH index_entry USING PRIMARY KEY (photo_id=? AND term>? AND term<?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
}

function stepsOf(name: StatementName): string[] {
  const sql = statements[name]
  // SQLite plans the same whatever is bound to a plain `?`.
  const values = Array.from({ length: sql.split('?').length - 1 }, () => 1)
  return db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map(({ detail }) => detail)
    .filter(
      (step) =>
        !/json_each|^(CO-ROUTINE|SCAN \(subquery|(CORRELATED )?SCALAR SUBQUERY|MATERIALIZE|LIST SUBQUERY|SCAN some|SCAN least|SCAN wanted|SCAN f VIRTUAL|SCAN CONSTANT)/u.test(
          step,
        ),
    )
}

describe('every statement of searches', () => {
  it.each(Object.entries(steps))('%s goes by its index', (name, expected) => {
    expect(stepsOf(name as StatementName)).toEqual(expected)
  })
})

const planned = (text: string): Plan | null =>
  reading(reader, () => {
    const { vocabulary, library } = sessionOf(reader, lexicon)
    return planOf(readQuery(text, vocabulary), null, vocabulary, library).plan
  })

const only = (text: string): unknown => {
  const plan = planned(text)
  return plan === null ? null : onlyTerm(plan)
}

describe('a plan', () => {
  it('knows when one label is all that is asked for', () => {
    expect(only('dog')).toMatchObject({ kind: 'term', max: 20_000 })
    expect(only('dog or dog')).toMatchObject({ kind: 'term' })
    for (const text of ['dog 2019', 'dog or cat', '-dog', '', '2019', 'dog has:place'])
      expect(only(text)).toBeNull()
  })

  it('takes a date for a window', () => {
    expect(planned('2019')).toMatchObject({
      groups: [],
      window: { from: 1_546_300_800, until: 1_577_836_800 },
    })
    expect(planned('2019 2020')).toBeNull()
  })

  it('keeps a window beside what is no single stretch of days', () => {
    expect(planned('december 2015..2019 night')).toMatchObject({
      window: { from: 1_420_070_400, until: 1_577_836_800 },
      groups: [
        { any: [{ kind: 'days', days: { kind: 'yearly', from: 1201, until: 1231 } }] },
        { any: [{ kind: 'hours', from: 22, until: 5 }] },
      ],
    })
  })

  it('of a long phrase looks for the first words only', () => {
    expect(planned('name:"a b c d e f g h i j"')).toMatchObject({
      groups: [{ any: [{ match: 'name : ("a b c d e f")' }] }],
    })
  })

  it('asks for the same alternative once', () => {
    expect(planned('dog or cat or dog & 2019')?.groups[0]?.any).toHaveLength(2)
  })
})
