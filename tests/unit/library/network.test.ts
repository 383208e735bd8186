import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { networkFileSystem, networkMount } from '../../../electron/core/library/upkeep/network.ts'
import { tempLibrary } from '../../fixtures/temp-library.ts'

vi.mock('node:fs', { spy: true })
vi.mock('node:child_process', { spy: true })

const here = realpathSync(tmpdir())

/** As if the program ran on another system. */
function on(platform: NodeJS.Platform): void {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
}

/** What the system says of every file system's kind. */
function kindIs(type: number): void {
  vi.mocked(statfsSync).mockReturnValue({ type } as ReturnType<typeof statfsSync>)
}

const codes = (): string[] => tempLibrary().notices.map(({ code }) => code)

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetAllMocks()
})

describe('a library on a network drive', () => {
  it('is noticed in Linux’s mount table, at the deepest mount point above it', () => {
    const table = `/dev/sda1 / ext4 rw 0 0\nme@nas:/ ${here} fuse.sshfs rw 0 0\n`
    expect(networkMount(here, table)).toBe('sshfs')
    expect(networkMount('/', table)).toBeNull()
  })

  it('is noticed in what macOS’ mount prints', () => {
    const table = `/dev/disk3s1 on / (apfs, local)\n//me@nas/photos on ${here} (smbfs, nodev, nosuid)\n`
    expect(networkMount(here, table)).toBe('smbfs')
  })

  it('is not seen in a local program’s file system', () => {
    expect(networkMount(here, `/dev/sdb1 ${here} fuseblk rw 0 0\n`)).toBeNull()
  })

  it('does not mistake a folder with the same beginning for the mount', () => {
    expect(networkMount(here, `nas:/ ${here.slice(0, -1)} nfs rw 0 0\n`)).toBeNull()
  })

  it('is not seen where there is none, nor where nothing is', () => {
    expect(networkFileSystem(here)).toBeNull()
    expect(networkFileSystem('/no/such/folder')).toBeNull()
  })

  // The numbers are those of Linux’s magic.h and of the file systems’ own headers; 32 bits, at times with a sign.
  it.each([
    ['NFS', 0x6969, 'NFS'],
    ['old SMB', 0x517b, 'SMB'],
    ['CIFS', 0xff534d42, 'SMB'],
    ['CIFS, with a sign', 0xff534d42 | 0, 'SMB'],
    ['SMB 2 and 3', 0xfe534d42, 'SMB'],
    ['AFS', 0x5346414f, 'AFS'],
    ['9P', 0x01021997, '9P'],
    ['Ceph', 0x00c36400, 'Ceph'],
    ['Lustre', 0x0bd00bd0, 'Lustre'],
    ['OCFS2', 0x7461636f, 'OCFS2'],
    ['ext4', 0xef53, null],
    ['btrfs', 0x9123683e, null],
    ['XFS', 0x58465342, null],
    ['tmpfs', 0x01021994, null],
  ])('is told by the kind that Linux gives: %s', (_, type, name) => {
    on('linux')
    kindIs(type)
    expect(networkFileSystem(here)).toBe(name)
  })

  it('is looked up in Linux’s mount table where any program may be behind it', () => {
    on('linux')
    kindIs(0x65735546)
    vi.mocked(readFileSync).mockReturnValue(`/dev/sda1 / ext4 rw 0 0\nme@nas:/ ${here} fuse.rclone rw 0 0\n`)
    expect(networkFileSystem(here)).toBe('rclone')
    expect(vi.mocked(readFileSync).mock.lastCall?.[0]).toBe('/proc/mounts')
    vi.mocked(readFileSync).mockReturnValue(`/dev/sdb1 ${here} fuseblk rw 0 0\n`)
    expect(networkFileSystem(here)).toBeNull()
  })

  it('is looked up in what macOS says it has mounted', () => {
    on('darwin')
    vi.mocked(execFileSync).mockReturnValue(`//me@nas/photos on ${here} (smbfs, nodev, nosuid)\n`)
    expect(networkFileSystem(here)).toBe('smbfs')
    vi.mocked(execFileSync).mockReturnValue(`/dev/disk3s1 on / (apfs, local)\n`)
    expect(networkFileSystem(here)).toBeNull()
  })

  it.each([
    [String.raw`\\nas\photos\library`, 'SMB'],
    [String.raw`\\?\UNC\nas\photos\library`, 'SMB'],
    [String.raw`\\?\unc\nas\photos`, 'SMB'],
    [String.raw`\\?\C:\Users\me\library`, null],
    [String.raw`\\.\pipe\library`, null],
    [String.raw`C:\Users\me\library`, null],
  ])('is told by its path on Windows: %s', (folder, name) => {
    on('win32')
    expect(networkFileSystem(folder)).toBe(name)
  })

  it('is warned of when it is opened, and only then', () => {
    on('linux')
    kindIs(0xfe534d42)
    expect(codes()).toEqual(['library-on-network'])
    kindIs(0xef53)
    expect(codes()).toEqual([])
  })
})
