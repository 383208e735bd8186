import { describe, expect, it } from 'vitest'
import type { FolderNode, Facet } from '../../../electron/core/contract/values.ts'
import { folderBranches, facetBranches } from '../../../renderer/src/rail/rail-branches.ts'

const folder = (
  id: number,
  parentId: number | null,
  path: string,
  more: Partial<FolderNode> = {},
): FolderNode => ({
  id,
  parentId,
  path,
  name: path.split('/').at(-1) ?? path,
  photos: 1,
  state: 'online',
  root: parentId === null,
  ...more,
})
const facet = (term: string, label: string, count: number, parent: string | null = null): Facet => ({
  term,
  label,
  count,
  parent,
  kind: term.startsWith('category:') ? 'category' : term.startsWith('own:') ? 'own' : 'class',
})

describe('the tree of folders', () => {
  it('puts folders below the ones they lie in, numbers in their order', () => {
    const branches = folderBranches([
      folder(3, 1, '/photos/10'),
      folder(1, null, '/photos'),
      folder(2, 1, '/photos/9'),
    ])
    expect(branches.map(({ label }) => label)).toEqual(['photos'])
    expect(branches[0]?.children.map(({ label }) => label)).toEqual(['9', '10'])
  })

  it('asks for a folder by its whole path, in quotes where words would part', () => {
    expect(folderBranches([folder(1, null, '/my photos')])[0]?.query).toBe('folder:"/my photos"')
  })

  it('leaves quotation marks of a name out, which would end the quoted path', () => {
    expect(folderBranches([folder(1, null, '/my "best" «photos»')])[0]?.query).toBe(
      'folder:"/my best photos"',
    )
  })

  it('loses no folder whose parent is not listed', () => {
    expect(folderBranches([folder(5, 99, '/elsewhere/x')])).toHaveLength(1)
  })
})

describe('the tree of facets', () => {
  it('puts the most frequent first and leaves out what nobody photographed', () => {
    const branches = facetBranches([
      facet('category:cat', 'cat', 3, 'category:animal'),
      facet('category:animal', 'animal', 40),
      facet('category:dog', 'dog', 30, 'category:animal'),
      facet('class:1', 'zebra', 0),
      facet('category:food', 'food', 50),
    ])
    expect(branches.map(({ label }) => label)).toEqual(['food', 'animal'])
    expect(branches[1]?.children.map(({ label }) => label)).toEqual(['dog', 'cat'])
  })

  it('asks for a label with its distinguishing word', () => {
    expect(facetBranches([facet('class:134', 'crane (bird)', 2)])[0]?.query).toBe('label:"crane (bird)"')
  })
})
