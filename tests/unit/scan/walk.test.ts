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
function seen(root: string): string[] {
  return [...walk(root)]
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
})
