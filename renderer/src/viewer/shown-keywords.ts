import type { PhotoDetails } from '../../../electron/core/contract/values.ts'

const apart = ' › '

/** Keywords as they are read: "Places › Russia › Murmansk" once, and what stands in no tree by itself. */
export function shownKeywords({
  keywords,
  keywordPaths,
}: Pick<PhotoDetails, 'keywords' | 'keywordPaths'>): string[] {
  const parts = new Set(keywordPaths.flat())
  const trees = keywordPaths.map((path) => path.join(apart))
  return [
    ...trees.filter((tree) => !trees.some((other) => other.startsWith(tree + apart))),
    ...keywords.filter((keyword) => !parts.has(keyword)),
  ]
}
