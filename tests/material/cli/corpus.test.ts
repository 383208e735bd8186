import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemKinds } from '../../../electron/core/contract/problem-kinds.ts'
import { sniff } from '../../../electron/core/imaging/sniff.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { sharedPath } from '../shared.ts'
import { kartotekaJson, newFolder, removeFolder } from '../../integration/cli/kartoteka.ts'

const corpus = sharedPath('photos/corpus')
const library = newFolder()
let summary: Record<string, number> = {}
let problems: { path: string; kind: string; reason: string }[] = []
const indexed = new Set<string>()

/** Neighbours of photos that nobody would call one: notes, profiles, sidecars, drawings, videos, other data. */
const otherEnding = /(\.(xmp|icc|icm|json|svg|txt|md|tsv|meta|exif|mov|mp4|3gp)|\/license)$/i

/** By its ending, or, without one, by its first bytes. */
function isPlainlyNoPhoto(path: string): boolean {
  if (otherEnding.test(path)) return true
  return !/\.[a-z0-9]+$/i.test(path) && sniff(readFileSync(path).subarray(0, 4096)).photo === null
}

beforeAll(async () => {
  summary = (await kartotekaJson(['index', corpus, '--library', library])) as Record<string, number>
  problems = (await kartotekaJson(['problems', '--library', library])) as typeof problems
  const opened = openLibrary(library, { mode: 'read' })
  const rows = opened.db
    .prepare<[], { folder: string; name: string; tags: number }>(
      `SELECT f.path AS folder, fi.name, (SELECT count(*) FROM tag WHERE photo_id = fi.photo_id) AS tags
       FROM file fi JOIN folder f ON f.id = fi.folder_id WHERE fi.kind = 'photo' AND fi.state = 'done'`,
    )
    .all()
  closeLibrary(opened)
  for (const { folder, name, tags } of rows) if (tags === 5) indexed.add(join(folder, name))
}, 300_000)

afterAll(() => {
  removeFolder(library)
})

describe('files of ten test collections, some hostile on purpose', () => {
  it('are each indexed, listed with a reason, or plainly not a photo', () => {
    const listed = new Set(problems.map(({ path }) => path))
    const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(850)
    const forgotten = files.filter(
      (path) => !indexed.has(path) && !listed.has(path) && !isPlainlyNoPhoto(path),
    )
    expect(forgotten.map((path) => relative(corpus, path))).toEqual([])
    expect(summary['found']).toBe(indexed.size + listed.size)
  })

  it('have problems of fixed kinds with whole sentences, and bring nothing down', () => {
    for (const { kind, reason } of problems) {
      expect(problemKinds).toContain(kind)
      expect(reason).toMatch(/^\p{Lu}.*\.$/su)
    }
    expect(problems.filter(({ kind }) => kind === 'crashed' || kind === 'timed-out')).toEqual([])
  })

  it('that djpeg decodes cleanly are indexed', () => {
    const [heading = '', ...lines] = readFileSync(join(corpus, 'EXPECTED.tsv'), 'utf8').trimEnd().split('\n')
    const column = heading.split('\t').indexOf('jpeg_decode')
    const clean = lines.map((line) => line.split('\t')).filter((cells) => cells[column] === 'ok')
    expect(clean.length).toBeGreaterThan(150)
    const missed = clean.map(([file = '']) => file).filter((file) => !indexed.has(join(corpus, file)))
    expect(missed).toEqual([])
  })
})
