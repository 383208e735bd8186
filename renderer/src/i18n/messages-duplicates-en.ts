/** What is said of photos that are one picture, in English. */
export const englishDuplicates = {
  duplicates: {
    title: 'Duplicates',
    looking: 'Comparing the photos…',
    count:
      '{n} group of photos that are one picture, or were taken in a burst | {n} groups of photos that are one picture, or were taken in a burst',
    first: 'The first {n} are shown.',
    none: 'No two photos look like one picture.',
    noneHint: 'Photos that are being indexed are compared as soon as Kartoteka has seen them.',
    copies: 'Photos that lie in several files',
    copiesQuery: 'is:copy',
    same: 'One picture, {n} photo | One picture, {n} photos',
    burst: 'Burst, {n} photo | Burst, {n} photos',
    keep: 'Keep this, hide {n} other | Keep this, hide {n} others',
    keepHint: 'The photo you keep takes over labels, albums and stars of those you hide. No file is deleted.',
    distinct: 'Not the same',
    choose: 'Keep which one?',
    kept: 'Keep',
    done: 'One photo is kept, {n} is hidden. | One photo is kept, {n} are hidden.',
    distinctDone: 'These photos are no longer shown together.',
    keys: 'Arrow keys choose, Enter keeps, N: not the same.',
    reason: {
      liked: 'the most stars',
      pixels: 'the largest',
      bytes: 'the largest file',
      first: 'here first',
    },
    change: {
      smaller: 'smaller',
      cropped: 'cropped',
      compressed: 'more compressed',
      format: 'other format',
      mirrored: 'mirrored',
      edited: 'edited',
    },
  },
}
