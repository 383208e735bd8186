import type { TermKey } from '../contract/values.ts'

/**
 * A term is anything a photo can be found by: a GoogLeNet class, a category of our tree, a person's own label.
 * The library stores it as one integer so that a search is one index scan:
 * 0–999 the class index, 1000–9,999 a category's fixed number (native-models/labels), 10,000 + n own label n.
 */
export type TermId = number

export const firstCategoryId = 1000
export const firstOwnId = 10_000

/**
 * Albums stand behind all labels, in the same column: 2,000,000,000 + n is the album with the number n of `own_label`. What
 * lists or counts labels ends before them.
 */
export const firstAlbumId = 2_000_000_000
export const isAlbum = (id: TermId): boolean => id >= firstAlbumId

export type Term =
  | { readonly kind: 'class'; readonly classIndex: number }
  | { readonly kind: 'category'; readonly categoryId: number }
  | { readonly kind: 'own'; readonly ownId: number }

export function termOf(id: TermId): Term {
  if (id < firstCategoryId) return { kind: 'class', classIndex: id }
  if (id < firstOwnId) return { kind: 'category', categoryId: id }
  return { kind: 'own', ownId: id - firstOwnId }
}

export const classTermKey = (classIndex: number): TermKey => `class:${classIndex}`
export const ownTermKey = (ownId: number): TermKey => `own:${ownId}`
