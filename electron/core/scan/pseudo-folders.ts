import { readFileSync } from 'node:fs'
import { isWithin } from '../paths/os-path.ts'

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

/** What is mounted in a folder, as a text that is another when a disk came or went there; always empty but on Linux. */
export function mountsWithin(folder: string): string {
  if (process.platform !== 'linux') return ''
  try {
    const mounts = mountsIn(readFileSync('/proc/self/mounts', 'utf8'))
    return mounts
      .filter(({ point }) => isWithin(point, folder))
      .map(({ device, point }) => `${device} ${point}`)
      .join('\n')
  } catch {
    return ''
  }
}

/** Folders of a mount table in which nothing is a file of a person: lines of `device point type …`, with spaces and the like in octal. */
export function pseudoMounts(table: string): string[] {
  return mountsIn(table).flatMap(({ point, type }) => (pseudoTypes.has(type) ? [point] : []))
}

function mountsIn(table: string): { device: string; point: string; type: string }[] {
  return table.split('\n').flatMap((line) => {
    const [device, point, type] = line.split(' ')
    if (device === undefined || point === undefined || type === undefined) return []
    const plain = point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    return [{ device, point: plain, type }]
  })
}
