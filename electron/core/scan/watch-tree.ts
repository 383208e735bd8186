import type { WatchTree } from './tree-watch.ts'
import { watchEachFolder } from './watch-each-folder.ts'
import { watchWholeTree } from './watch-whole-tree.ts'

/** Linux watches single folders; the other systems watch trees. */
export const watchTree: WatchTree = process.platform === 'linux' ? watchEachFolder : watchWholeTree
