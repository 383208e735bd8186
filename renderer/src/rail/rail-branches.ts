import type { FolderNode, Facet } from '../../../electron/core/contract/values.ts'
import { t } from '../i18n/words.ts'
import { shownPath } from '../i18n/shown-path.ts'

/** One line of the rail: what it says, how many photos, and the question it stands for. */
export interface Branch {
  readonly key: string
  readonly label: string
  readonly count: number
  readonly query: string
  readonly offline: boolean
  /** The person wants it there. */
  readonly pinned?: boolean
  readonly title: string
  /** What it is a line for. */
  readonly of: { readonly folder: FolderNode } | { readonly facet: Facet }
  readonly children: readonly Branch[]
}

/** One for thousands of folders: making it anew for each pair takes longer than comparing. */
const byName = new Intl.Collator(undefined, { numeric: true })

/** A name as the search box takes it: in quotes when it has more than one word. The search does not mind that others are missing. */
function quoted(name: string): string {
  return /[\s"“”„‟«»＂:()]/u.test(name) ? `"${name.replaceAll(/["“”„‟«»＂]/gu, '')}"` : name
}

function grow<Node>(
  nodes: readonly Node[],
  keyOf: (node: Node) => string,
  parentOf: (node: Node) => string | null,
  branch: (node: Node, children: readonly Branch[]) => Branch,
  order: (a: Branch, b: Branch) => number,
): readonly Branch[] {
  const known = new Set(nodes.map(keyOf))
  const below = new Map<string | null, Node[]>()
  for (const node of nodes) {
    const parent = parentOf(node)
    const under = parent !== null && known.has(parent) && parent !== keyOf(node) ? parent : null
    const siblings = below.get(under)
    if (siblings === undefined) below.set(under, [node])
    else siblings.push(node)
  }
  const under = (parent: string | null): readonly Branch[] =>
    (below.get(parent) ?? []).map((node) => branch(node, under(keyOf(node)))).sort(order)
  return under(null)
}

/** The folders as a tree for the rail, each with the query that finds what is in it and below. */
export function folderBranches(folders: readonly FolderNode[]): readonly Branch[] {
  // Looked up once: for each of thousands that took two fifths of the time.
  const field = t('query.folder')
  return grow(
    folders,
    (folder) => String(folder.id),
    (folder) => (folder.parentId === null ? null : String(folder.parentId)),
    (folder, children) => ({
      key: `folder:${folder.id}`,
      label: shownPath(folder.name),
      count: folder.photos,
      query: `${field}:${quoted(folder.path)}`,
      offline: folder.state === 'offline',
      title: shownPath(folder.path),
      of: { folder },
      children,
    }),
    (a, b) => byName.compare(a.label, b.label),
  )
}

const fields = { category: 'category', class: 'label', own: 'label' } as const satisfies Record<
  Facet['kind'],
  string
>

/** Categories with what lies in them, then labels of their own, the most frequent first. */
export function facetBranches(facets: readonly Facet[]): readonly Branch[] {
  return grow(
    facets.filter(({ count }) => count > 0),
    (facet) => facet.term,
    (facet) => facet.parent,
    (facet, children) => ({
      key: facet.term,
      label: facet.label,
      count: facet.count,
      query: `${t(`query.${fields[facet.kind]}`)}:${quoted(facet.label)}`,
      offline: false,
      title: facet.label,
      of: { facet },
      children,
    }),
    (a, b) => b.count - a.count || byName.compare(a.label, b.label),
  )
}
