import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSidecar } from '../../../electron/core/imaging/metadata/sidecar.ts'
import { mergeSidecar } from '../../../electron/core/metadata-out/merge-sidecar.ts'
import { sidecarValues } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { barePhoto } from '../../fixtures/exported-photos.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { xmpPacket } from '../../fixtures/xmp.ts'

const megabytes = 1024 * 1024

it('the first sidecar that can be read counts; one that cannot is as good as none', () => {
  const folder = tempFolder()
  const paths = ['missing', 'folder', 'empty', 'huge', 'good', 'late'].map((name) => join(folder, name))
  const [, inTheWay = '', empty = '', huge = '', good = '', late = ''] = paths
  const packet = xmpPacket({ keywords: ['sea'] })
  mkdirSync(inTheWay)
  writeFileSync(empty, '')
  writeFileSync(huge, packet.padEnd(2 * megabytes + 1))
  expect(readSidecar(paths)).toBeNull()
  writeFileSync(good, packet.padEnd(2 * megabytes))
  writeFileSync(late, xmpPacket({ keywords: ['late'] }))
  expect(readSidecar(paths)?.keywords).toEqual(['sea'])
})

it('one that Kartoteka wrote alone is passed over for the next', () => {
  const folder = tempFolder()
  const [ours, theirs] = [join(folder, 'a.jpg.xmp'), join(folder, 'a.xmp')]
  const values = sidecarValues({ ...barePhoto, rating: 5 }, 'all')
  writeFileSync(ours, mergeSidecar(null, values) ?? '')
  writeFileSync(theirs, xmpPacket({ rating: 2 }))
  expect(readSidecar([ours, theirs])?.rating).toBe(2)
  expect(readSidecar([ours])).toBeNull()
  // One in which another program has its say counts, whatever stands beside that.
  writeFileSync(ours, mergeSidecar(xmpPacket({ keywords: ['sea'] }), values) ?? '')
  expect(readSidecar([ours, theirs])).toMatchObject({ keywords: ['sea'], rating: null })
})
