import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decideByName, renameOwnLabel } from '../../../electron/core/library/decisions/own-labels.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import {
  dueSql,
  hasFailed,
  knownSidecarSql,
  retryAll,
  switchDue,
} from '../../../electron/core/metadata-out/due.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { writeDueSidecars } from '../../../electron/core/metadata-out/write-due.ts'
import { changeSettings } from '../../../electron/service/settings-store.ts'
import { digikamSidecar } from '../../fixtures/foreign-sidecars.ts'
import { changesSince, originalsIn } from '../../fixtures/originals.ts'
import { addPhoto, hashOf, planOf } from '../../fixtures/temp-library.ts'
import { filesIn, index, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

const lexicon = loadLexicon()

/** Photos in a folder as indexing would have left them, without looking at them. */
function scene(...names: readonly string[]) {
  const folder = scratch()
  putPhotos(folder, names)
  const library = testLibrary()
  addRoot(library, folder)
  for (const [at, name] of names.entries())
    addPhoto(library, { path: join(folder, name), reading: { contentHash: hashOf(at + 1) } })
  return withSidecars(library, folder)
}

/** The same of a folder that was really looked through. */
async function indexed(...names: readonly string[]) {
  const folder = scratch()
  putPhotos(folder, names)
  const library = testLibrary()
  await index(library, { folders: [folder] })
  return withSidecars(library, folder)
}

function withSidecars(library: Library, folder: string) {
  const path = (name: string): string => join(folder, name)
  const failures: string[] = []
  return {
    library,
    folder,
    path,
    failures,
    idOf: (name: string): number => filesIn(library).find((file) => file.name === name)?.photoId ?? 0,
    turnOn: (isOn = true) => {
      changeSettings(library, { writeSidecars: isOn })
      switchDue(library, isOn)
    },
    write: () =>
      writeDueSidecars(library, lexicon, 'en', {
        signal: new AbortController().signal,
        onFailure: (message) => failures.push(message),
      }),
    sidecars: () => readdirSync(folder).filter((name) => name.endsWith('.xmp')),
    text: (name: string) => readFileSync(path(name), 'utf8'),
  }
}

const rate = (library: Library, id: number, value: number | null) =>
  say(library, [id], { field: 'rating', value })
const dueOf = ({ db }: Library): unknown[] =>
  db.prepare('SELECT photo_id, state FROM sidecar_due ORDER BY photo_id').raw().all()

describe('with the switch off', () => {
  it('nothing is due, whatever is decided, and nothing is written', async () => {
    const { library, write, idOf, sidecars } = scene('a.jpg')
    rate(library, idOf('a.jpg'), 5)
    expect(dueOf(library)).toEqual([])
    await write()
    expect(sidecars()).toEqual([])
  })
})

describe('with the switch on', () => {
  it('what was decided before is written, then every change, its undo and its redo', async () => {
    const { library, folder, path, write, idOf, sidecars, text, turnOn } = scene('a.jpg', 'b.jpg')
    const [a, b] = [idOf('a.jpg'), idOf('b.jpg')]
    const originals = originalsIn(folder)
    decideByName(library, [a], 'garden', 'added')
    turnOn()
    await write()
    expect(sidecars()).toEqual(['a.jpg.xmp'])
    expect(text('a.jpg.xmp')).toContain('<rdf:li>garden</rdf:li>')

    say(library, [a, b], { field: 'title', value: 'Rex' })
    await write()
    expect(text('b.jpg.xmp')).toContain('Rex')
    undo(library)
    await write()
    expect(sidecars()).toEqual(['a.jpg.xmp'])
    expect(text('a.jpg.xmp')).not.toContain('Rex')
    redo(library)
    await write()
    expect(text('a.jpg.xmp')).toContain('Rex')

    const term = 10_000 + Number(library.db.prepare('SELECT id FROM own_label').pluck().get())
    renameOwnLabel(library, term, 'orchard')
    await write()
    expect(text('a.jpg.xmp')).toContain('<rdf:li>orchard</rdf:li>')
    expect(text('a.jpg.xmp')).not.toContain('garden')
    // The folder itself is another one by its times.
    const changed = changesSince(originals, folder).map((change) => change.split(': ')[0])
    expect(changed).toEqual([path(''), path('a.jpg.xmp'), path('b.jpg.xmp')])
  })

  it('a scan finds nothing new: no photo is read again', async () => {
    const { library, write, idOf, turnOn } = await indexed('a.jpg', 'b.jpg')
    turnOn()
    rate(library, idOf('a.jpg'), 5)
    await write()
    expect(await index(library)).toMatchObject({
      found: 2,
      unchanged: 2,
      indexed: 0,
      inferences: 0,
      workers: 0,
    })
    rate(library, idOf('a.jpg'), null)
    await write()
    expect(await index(library)).toMatchObject({ unchanged: 2, workers: 0 })
    expect(dueOf(library)).toEqual([])
  })

  it('ours in a sidecar of another program never becomes what the file says, and what that changes is seen', async () => {
    const { library, write, idOf, path, text, turnOn } = await indexed('a.jpg')
    const id = idOf('a.jpg')
    writeFileSync(path('a.xmp'), digikamSidecar)
    await index(library)
    expect(readPhoto(library, id)).toMatchObject({ rating: 3 })
    turnOn()
    rate(library, id, 5)
    await write()
    expect(text('a.xmp')).toContain('xmp:Rating="5"')
    // Another program writes it as well, between two looks.
    writeFileSync(path('a.xmp'), text('a.xmp').replace('Places/Sea', 'Places/Lake'))
    await index(library)
    undo(library)
    expect(readPhoto(library, id)).toMatchObject({
      rating: 3,
      keywordPaths: [
        ['Places', 'Sea'],
        ['People', 'Аня'],
        ['Places', 'Lake'],
      ],
    })
    await write()
    expect(text('a.xmp')).toBe(digikamSidecar.replace('Places/Sea', 'Places/Lake'))
  })

  it('a RAW file and its JPEG share none of ours', async () => {
    const { library, write, idOf, path, sidecars, text, turnOn } = scene('a.jpg', 'a.CR2')
    writeFileSync(path('a.xmp'), digikamSidecar)
    turnOn()
    rate(library, idOf('a.jpg'), 5)
    rate(library, idOf('a.CR2'), 1)
    await write()
    expect(sidecars()).toEqual(['a.CR2.xmp', 'a.jpg.xmp', 'a.xmp'])
    expect(text('a.xmp')).toBe(digikamSidecar)
    expect([text('a.jpg.xmp'), text('a.CR2.xmp')].map((each) => /<xmp:Rating>(.)/.exec(each)?.[1])).toEqual([
      '5',
      '1',
    ])
  })

  it('every copy has its sidecar', async () => {
    const { library, write, idOf, path, sidecars, turnOn } = scene('a.jpg')
    copyFileSync(path('a.jpg'), path('copy.jpg'))
    addPhoto(library, { path: path('copy.jpg'), reading: { contentHash: hashOf(1) } })
    turnOn()
    rate(library, idOf('a.jpg'), 5)
    await write()
    expect(sidecars()).toEqual(['a.jpg.xmp', 'copy.jpg.xmp'])
  })

  it('what cannot be written is named and waits, and is written when it can be', async () => {
    const { library, write, idOf, path, failures, text, turnOn } = scene('a.jpg')
    const id = idOf('a.jpg')
    writeFileSync(path('a.jpg.xmp'), digikamSidecar)
    chmodSync(path('a.jpg.xmp'), 0o444)
    turnOn()
    rate(library, id, 5)
    await write()
    expect(failures).toEqual([expect.stringContaining(path('a.jpg.xmp'))])
    expect([dueOf(library), hasFailed(library)]).toEqual([[[id, 'failed']], true])
    chmodSync(path('a.jpg.xmp'), 0o644)
    retryAll(library)
    await write()
    expect([dueOf(library), hasFailed(library)]).toEqual([[], false])
    expect(text('a.jpg.xmp')).toContain('xmp:Rating="5"')
  })

  it('a folder that is away is waited for without a word', async () => {
    const { library, write, idOf, folder, failures, turnOn } = scene('a.jpg')
    const id = idOf('a.jpg')
    turnOn()
    rate(library, id, 5)
    renameSync(folder, `${folder}-away`)
    await write()
    expect([dueOf(library), failures]).toEqual([[[id, 'offline']], []])
    renameSync(`${folder}-away`, folder)
    retryAll(library)
    await write()
    expect([dueOf(library), readdirSync(folder)]).toEqual([[], ['a.jpg', 'a.jpg.xmp']])
  })

  it('switched off, nothing is due any more and what is written stays', async () => {
    const { library, write, idOf, sidecars, turnOn } = scene('a.jpg')
    turnOn()
    rate(library, idOf('a.jpg'), 5)
    await write()
    rate(library, idOf('a.jpg'), 4)
    turnOn(false)
    expect(dueOf(library)).toEqual([])
    rate(library, idOf('a.jpg'), 3)
    expect(dueOf(library)).toEqual([])
    expect(sidecars()).toEqual(['a.jpg.xmp'])
  })

  it('what is due and what the last scan saw of a sidecar are found by indexes', () => {
    const library = testLibrary()
    expect(planOf(library, dueSql)).toBe('SCAN sidecar_due USING INDEX sidecar_due_now')
    expect(planOf(library, knownSidecarSql)).toMatch(
      /SEARCH f USING .*INDEX .*path=\?.*\n.*SEARCH fi USING INDEX .*folder_id=\? AND name=\?/,
    )
  })
})
