import { describe, expect, it } from 'vitest'
import { foldersLike, type Folder } from '../../../electron/core/search/language/folders-like.ts'

const folders: readonly Folder[] = [
  '/photos',
  '/photos/my "best" «photos»',
  '/photos/my best photos',
  '/photos/a"b',
].map((path, index) => ({
  id: index + 1,
  parentId: index === 0 ? null : 1,
  path,
  name: path.split('/').at(-1) ?? '',
  photos: 1,
}))

describe('folders by their whole path', () => {
  it('are found whatever quotation marks their names have, of which a query cannot hold every one', () => {
    expect(foldersLike('/photos/ab', folders, false)).toEqual([4])
    expect(foldersLike('/photos/a"b', folders, false)).toEqual([4])
    expect(foldersLike('/photos/my "best" «photos»', folders, false)).toEqual([2])
  })

  it('are told apart where they can be', () => {
    expect(foldersLike('/photos/my best photos', folders, false)).toEqual([3])
  })
})

const called = (...names: string[]): readonly Folder[] =>
  names.map((name, at) => ({ id: at + 1, parentId: null, path: `/${name}`, name }))

describe('folders by words of their names', () => {
  const named = called('Wedding Olga', 'weddings', 'Свадьба Ольги', 'Отпуск в Крыму', 'Crimea beach 2015')

  it.each([
    ['wedding', [1, 2]],
    ['weddings', [1, 2]],
    ['olga', [1]],
    ['свадьбы', [3]],
    ['ольга', [3]],
    ['крым', [4]],
    ['crimea beach', [5]],
    ['beach 2015', [5]],
    ['beach crimea', []],
    ['wed', []],
  ])('%s', (value, ids) => {
    expect(foldersLike(value, named, false)).toEqual(ids)
  })

  it('may be cut short when that is asked for', () => {
    expect(foldersLike('wed', named, true)).toEqual([1, 2])
    expect(foldersLike('crimea be', named, true)).toEqual([5])
  })
})
