import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstStatesIn } from '../../../electron/core/metadata-out/first-states.ts'
import { sidecarValues } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { writeSidecar } from '../../../electron/core/metadata-out/write-sidecar.ts'
import { barePhoto } from '../../fixtures/exported-photos.ts'
import { digikamSidecar } from '../../fixtures/foreign-sidecars.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

function scene() {
  const folder = tempFolder()
  const library = tempFolder()
  const path = join(folder, 'a.jpg.xmp')
  return {
    folder,
    library,
    path,
    kept: () => {
      const name = readdirSync(join(library, 'sidecars')).find((each) => each.endsWith('.xmp')) ?? ''
      return readFileSync(join(library, 'sidecars', name), 'utf8')
    },
    /** Stars, or nothing at all. */
    write: (rating: number | null, to = path) =>
      writeSidecar(
        { path: to, mode: 0o640, isDurable: true },
        sidecarValues({ ...barePhoto, rating, decided: new Set(['rating']) }, 'decisions'),
        firstStatesIn(library),
      ),
  }
}

describe('a sidecar beside a photo', () => {
  it('is made with the rights of the photo, written only if it changes, and goes again', async () => {
    const { folder, path, library, write } = scene()
    expect(await write(4)).toMatchObject({ kind: 'written' })
    expect(lstatSync(path).mode & 0o777).toBe(0o640)
    const { mtimeMs, ino } = lstatSync(path)
    expect(await write(4)).toMatchObject({ kind: 'unchanged' })
    expect(lstatSync(path)).toMatchObject({ mtimeMs, ino })
    expect(await write(5)).toMatchObject({ kind: 'written' })
    expect(readFileSync(path, 'utf8')).toContain('<xmp:Rating>5<')
    expect(await write(null)).toMatchObject({ kind: 'removed' })
    expect(await write(null)).toMatchObject({ kind: 'unchanged' })
    expect(readdirSync(folder)).toEqual([])
    expect(readdirSync(library)).toEqual([])
  })

  it('of another program is kept as it first was, and is that again when nothing is said any more', async () => {
    const { folder, path, library, kept, write } = scene()
    writeFileSync(path, digikamSidecar)
    expect(await write(5)).toMatchObject({ kind: 'written' })
    expect(await write(4)).toMatchObject({ kind: 'written' })
    expect(kept()).toBe(digikamSidecar)
    expect(readFileSync(join(library, 'sidecars/paths.tsv'), 'utf8')).toContain(`\t${path}\n`)
    expect(await write(null)).toMatchObject({ kind: 'written' })
    expect(readFileSync(path, 'utf8')).toBe(digikamSidecar)
    expect(readdirSync(folder)).toEqual(['a.jpg.xmp'])
  })

  it.each([
    ['damaged', 'half <x:xmp', /no faultless XML/],
    ['in another encoding', Buffer.from(digikamSidecar, 'utf16le'), /not written in UTF-8/],
    ['huge', `${digikamSidecar}${' '.repeat(2 * 1024 * 1024)}`, /larger than 2 MB/],
  ])('that is %s is refused by name and stays', async (_, content, why) => {
    const { path, write } = scene()
    writeFileSync(path, content)
    const outcome = await write(4)
    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringMatching(why) as string })
    expect(outcome).toMatchObject({ message: expect.stringContaining(path) as string })
    expect(readFileSync(path)).toEqual(Buffer.from(content))
  })

  it('that is a folder, a link, or has too long a name is refused; what is protected waits', async () => {
    const { folder, path, write } = scene()
    mkdirSync(path)
    expect(await write(4)).toMatchObject({ kind: 'refused' })
    const link = join(folder, 'link.xmp')
    symlinkSync('elsewhere', link)
    expect(await write(4, link)).toMatchObject({ kind: 'refused' })
    expect(await write(4, join(folder, `${'n'.repeat(252)}.xmp`))).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/too long/) as string,
    })
    const closed = join(folder, 'closed.xmp')
    writeFileSync(closed, digikamSidecar)
    chmodSync(closed, 0o444)
    expect(await write(4, closed)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/protected/) as string,
    })
    expect(readFileSync(closed, 'utf8')).toBe(digikamSidecar)
    expect(await write(4, join(folder, 'gone/b.xmp'))).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/not there/) as string,
    })
  })
})
