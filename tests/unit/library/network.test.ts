import { tmpdir } from 'node:os'
import { realpathSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { networkFileSystem, networkMount } from '../../../electron/core/library/network.ts'

const here = realpathSync(tmpdir())

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
})
