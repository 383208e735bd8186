import { readFileSync } from 'node:fs'

/** Where systems show themselves as files. */
const usual = process.platform === 'win32' ? [] : ['/dev', '/proc', '/sys']

/** Types of the mount table that are no disks: their files are made when they are read, and some never end. */
const pseudoTypes = new Set(
  (
    'binfmt_misc bpf cgroup cgroup2 configfs debugfs devfs devpts devtmpfs efivarfs fusectl hugetlbfs mqueue nsfs ' +
    'proc pstore rpc_pipefs securityfs selinuxfs sysfs tracefs'
  ).split(' '),
)

/** Folders, absolute, in which nothing is a file of a person, wherever they are mounted. */
export function pseudoFolders(): string[] {
  if (process.platform !== 'linux') return usual
  try {
    return [...usual, ...pseudoMounts(readFileSync('/proc/self/mounts', 'utf8'))]
  } catch {
    return usual
  }
}

/** The same from a mount table: lines of `device point type …`, with spaces and the like in octal. */
export function pseudoMounts(table: string): string[] {
  return table.split('\n').flatMap((line) => {
    const [, point, type] = line.split(' ')
    if (point === undefined || type === undefined || !pseudoTypes.has(type)) return []
    return [point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))]
  })
}
