import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { renderView } from '../../../electron/core/imaging/view.ts'
import { photoFolder, picture } from '../../fixtures/imaging.ts'
import { index, noModel, filesIn, scratch, testLibrary } from '../indexing/index-photos.ts'
import { dngFile } from './tiff-file.ts'

const folder = photoFolder()

describe('a path longer than the 260 characters of old Windows programs', () => {
  it('is found, read and shown', async () => {
    const root = scratch()
    const deep = join(root, ...Array.from({ length: 20 }, () => 'a folder of 20 chars'))
    mkdirSync(deep, { recursive: true })
    const file = join(deep, `${'n'.repeat(200)}.jpg`)
    writeFileSync(file, await picture().jpeg().toBuffer())
    expect(file.length).toBeGreaterThan(600)
    const library = testLibrary()
    await index(library, { folders: [root], options: { chooseModel: noModel } })
    expect(filesIn(library)).toMatchObject([{ folder: deep, state: 'done' }])
    expect(await renderView(file, 600, standardLimits)).toMatchObject({ ok: true, width: 300 })
  })
})

describe('somebody’s file', () => {
  const kinds = ['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const

  it('is let go as soon as it was read, whole or not: it can be renamed and deleted', async () => {
    for (const kind of kinds) {
      const whole = await picture().toFormat(kind).toBuffer()
      folder.write(`whole.${kind}`, whole)
      folder.write(`half.${kind}`, whole.subarray(0, whole.length / 2))
      for (const name of [`whole.${kind}`, `half.${kind}`]) {
        await readPhoto(folder.path(name), standardLimits)
        await renderView(folder.path(name), 600, standardLimits)
        renameSync(folder.path(name), folder.path(`renamed-${name}`))
        rmSync(folder.path(`renamed-${name}`))
        expect(existsSync(folder.path(`renamed-${name}`))).toBe(false)
      }
    }
  })

  it.runIf(process.platform === 'linux')(
    'is open in no descriptor afterwards (Linux lists them)',
    async () => {
      for (const kind of kinds) {
        const whole = await picture().toFormat(kind).toBuffer()
        folder.write(`held.${kind}`, whole)
        folder.write(`held.half.${kind}`, whole.subarray(0, whole.length / 2))
        for (const name of [`held.${kind}`, `held.half.${kind}`]) {
          await readPhoto(folder.path(name), standardLimits)
          await renderView(folder.path(name), 600, standardLimits)
        }
      }
      const open = readdirSync('/proc/self/fd').map((descriptor) => {
        try {
          return readlinkSync(join('/proc/self/fd', descriptor))
        } catch {
          // That of the listing itself.
          return ''
        }
      })
      expect(open.filter((path) => path.includes('held.'))).toEqual([])
    },
  )

  it.runIf(process.platform === 'win32')(
    'that another program keeps to itself is "in use", and read once it is free (sharing modes: Windows only)',
    async () => {
      const file = folder.write('locked.jpg', await picture().jpeg().toBuffer())
      const script = `$f = [IO.File]::Open('${file}', 'Open', 'Read', 'None'); 'held'; [void][Console]::In.ReadLine(); $f.Close()`
      const holder = spawn('powershell.exe', ['-NoProfile', '-Command', script])
      await once(holder.stdout, 'data')
      expect(await folder.problem('locked.jpg')).toMatchObject({ kind: 'in-use' })
      const gone = once(holder, 'exit')
      holder.stdin.end('\n')
      await gone
      expect(await folder.read('locked.jpg')).toMatchObject({ width: 300 })
    },
  )
})

describe('files of one name', () => {
  it('in two folders are two photos, RAW or not', async () => {
    const root = scratch()
    for (const [place, name] of [
      ['a', 'IMG_1.jpg'],
      ['b', 'IMG_1.dng'],
      ['b', 'IMG_2.jpg'],
      ['c', 'IMG_2.mov'],
    ] as const) {
      mkdirSync(join(root, place), { recursive: true })
      const content = await picture(600, 400 + name.length)
        .jpeg()
        .toBuffer()
      const bytes = name.endsWith('.dng') ? dngFile(1, content) : content
      writeFileSync(join(root, place, name), Buffer.concat([bytes, Buffer.from(place + name)]))
      utimesSync(join(root, place, name), 1_600_000_000, 1_600_000_000)
    }
    const library = testLibrary()
    await index(library, { folders: [root], options: { chooseModel: noModel } })
    const files = filesIn(library)
    expect(files.map(({ name }) => name).sort()).toEqual(['IMG_1.dng', 'IMG_1.jpg', 'IMG_2.jpg'])
    expect(files.map(({ behind }) => behind)).toEqual([0, 0, 0])
  })
})
