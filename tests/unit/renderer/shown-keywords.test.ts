import { expect, it } from 'vitest'
import { shownKeywords } from '../../../renderer/src/viewer/shown-keywords.ts'

it.each([
  ['keywords without a tree as they are', ['sea', 'Olga'], [], ['sea', 'Olga']],
  [
    'a tree once, and not its words again',
    ['Olga', 'Places', 'Russia', 'Murmansk'],
    [['Places', 'Russia', 'Murmansk']],
    ['Places › Russia › Murmansk', 'Olga'],
  ],
  [
    'two branches of a tree, and no branch that a longer one begins with',
    ['Places', 'Russia', 'Murmansk', 'Moscow'],
    [['Places'], ['Places', 'Russia', 'Murmansk'], ['Places', 'Russia'], ['Places', 'Russia', 'Moscow']],
    ['Places › Russia › Murmansk', 'Places › Russia › Moscow'],
  ],
])('shows %s', (_, keywords, keywordPaths, shown) => {
  expect(shownKeywords({ keywords, keywordPaths })).toEqual(shown)
})
