import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, statfsSync } from 'node:fs'
import { sep } from 'node:path'

/** `statfs` types of network file systems, from Linux's magic.h and the file systems' own headers. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff53_4d42, 'SMB'],
  [0xfe53_4d42, 'SMB'],
  [0x5346_414f, 'AFS'],
  [0x0102_1997, '9P'],
  [0x00c3_6400, 'Ceph'],
  [0x0bd0_0bd0, 'Lustre'],
  [0x7461_636f, 'OCFS2'],
])
/** Any program may stand behind it; the mount table says which. */
const fuseType = 0x6573_5546
const networkNames =
  /^(nfs\d?|smbfs|smb3|cifs|afpfs|webdav|9p|fuse\.(sshfs|rclone|s3fs|davfs|glusterfs|gvfsd-fuse|curlftpfs))$/

/**
 * Name of the network file system that holds `folder`, or `null` for a local disk. SQLite's locks and log are not
 * reliable there. Best effort: a system we cannot ask counts as local.
 */
export function networkFileSystem(folder: string): string | null {
  try {
    if (process.platform === 'win32') return /^\\\\(?![?.]\\)|^\\\\\?\\UNC\\/i.test(folder) ? 'SMB' : null
    if (process.platform === 'darwin') {
      return networkMount(folder, execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 2000 }))
    }
    // Types are 32 bits; some Node versions give them signed.
    const type = statfsSync(folder).type >>> 0
    return type === fuseType
      ? networkMount(folder, readFileSync('/proc/mounts', 'utf8'))
      : (networkTypes.get(type) ?? null)
  } catch {
    return null
  }
}

/**
 * The same from a mount table: lines of `/proc/mounts` (`device point type …`) or of macOS `mount`
 * (`device on point (type, …)`). The deepest mount point above the folder decides.
 */
export function networkMount(folder: string, table: string): string | null {
  const path = realpathSync(folder)
  let deepest = { point: '', type: '' }
  for (const line of table.split('\n')) {
    const mac = /^.* on (.+) \(([^,)]+)/.exec(line)
    const linux = /^\S+ (\S+) (\S+)/.exec(line)
    const point = mac?.[1] ?? linux?.[1]?.replaceAll('\\040', ' ')
    const type = mac?.[2] ?? linux?.[2]
    if (point === undefined || type === undefined || point.length < deepest.point.length) continue
    if (point === '/' || path === point || path.startsWith(point + sep)) deepest = { point, type }
  }
  return networkNames.test(deepest.type) ? deepest.type.replace('fuse.', '') : null
}
