import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { walk } from '../../../electron/core/scan/walk.ts'

function tree(...names: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'kartoteka-walk-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), name)
  }
  return root
}

/** Files that a walk finds, below its root. */
function seen(root: string, ...chosen: string[]): string[] {
  return [...walk(root, [root, ...chosen.map((name) => join(root, name))])]
    .flatMap((visit) => (visit.state === 'read' ? visit.files.map(({ name }) => join(visit.path, name)) : []))
    .map((path) => path.slice(root.length + 1))
    .sort()
}

describe('a walk', () => {
  it('passes over what programs leave beside photos, and keeps out in any case', () => {
    const root = tree(
      'a.jpg',
      'a.jpg_original',
      'a.jpg~',
      'b.jpg.part',
      'B.JPG.CRDOWNLOAD',
      'b.jpg.download/b.jpg',
      '.syncthing.b.jpg.tmp',
      '.stversions/a.jpg',
      '.dropbox.cache/a.jpg',
      '.tmp.driveupload/a.jpg',
      'loud/.NOMEDIA',
      'loud/c.jpg',
    )
    expect(seen(root)).toEqual(['a.jpg'])
  })

  it.each(['.scans', '@eaDir', 'Family.photoslibrary', '.hidden/deep/scans', 'quiet/sub', 'quiet'])(
    'looks into %s when a person chose it, once',
    (chosen) => {
      const root = tree(
        'a.jpg',
        `${chosen}/b.jpg`,
        `${chosen}/deep/c.jpg`,
        `${chosen}/.nomedia`,
        `${chosen}/.cache/d.jpg`,
        'quiet/.nomedia',
        '.hidden/e.jpg',
      )
      const found = ['a.jpg', `${chosen}/b.jpg`, `${chosen}/deep/c.jpg`]
      expect(seen(root)).toEqual(['a.jpg'])
      expect(seen(root, chosen)).toEqual(found.toSorted())
      expect(seen(root, chosen, `${chosen}/deep`)).toEqual(found.toSorted())
      expect(seen(join(root, chosen))).toEqual(['b.jpg', 'deep/c.jpg'])
    },
  )

  it('takes a chosen folder that is gone as gone, and one that cannot be read as shut', () => {
    const root = tree('a.jpg', '.scans/b.jpg')
    const scans = join(root, '.scans')
    const states = (): string[] => [...walk(root, [root, scans])].map(({ state }) => state)
    expect(states()).toEqual(['read', 'read'])
    rmSync(scans, { recursive: true })
    expect(states()).toEqual(['read'])
    rmSync(root, { recursive: true })
    expect(states()).toEqual(['unreadable'])
  })
})
