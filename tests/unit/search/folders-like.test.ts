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
    expect(foldersLike('/photos/ab', folders)).toEqual([4])
    expect(foldersLike('/photos/a"b', folders)).toEqual([4])
    expect(foldersLike('/photos/my "best" «photos»', folders)).toEqual([2])
  })

  it('are told apart where they can be', () => {
    expect(foldersLike('/photos/my best photos', folders)).toEqual([3])
  })
})
