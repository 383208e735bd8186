import { appendFileSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { copyPhotos } from '../../fixtures/originals.ts'
import { placedPhoto, placeNames } from '../../fixtures/placed-photo.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJson, kartotekaJsonHere } from './kartoteka.ts'

it('copies what a search finds: originals as they are, JPEGs by a pattern and without their place', async () => {
  const [photos, library, target] = [realpathSync(tempFolder()), tempFolder(), realpathSync(tempFolder())]
  const [first = ''] = copyPhotos(photos, 2)
  writeFileSync(join(photos, 'lake.jpg'), await placedPhoto())
  writeFileSync(join(photos, 'lake.xmp'), '<x/>')
  await kartotekaJson(['index', photos, '--library', library])
  const common = ['--library', library]

  expect(
    await kartotekaJsonHere(['copy', 'name:lake', join(target, 'new'), '--sidecars', ...common]),
  ).toEqual({
    query: 'name:lake',
    folder: join(target, 'new'),
    total: 1,
    copied: 1,
    leftOut: 0,
    reasons: [],
    ended: 'done',
  })
  expect(readdirSync(join(target, 'new')).sort()).toEqual(['lake.jpg', 'lake.xmp'])
  expect(readFileSync(join(target, 'new/lake.jpg'))).toEqual(readFileSync(join(photos, 'lake.jpg')))

  appendFileSync(first, 'changed')
  const jpegs = ['--jpeg', '100', '--without-place', '--names', '{number} {date}']
  const small = await kartotekaHere(['copy', 'type:jpeg', target, ...jpegs, ...common])
  expect(small.status).toBe(0)
  expect(small.stdout).toContain(`2 of 3 photos copied to ${target}.`)
  expect(small.stdout).toContain(`${first} changed since it was indexed.`)
  const lake = readdirSync(target).find((name) => name.includes('2019-07-14')) ?? ''
  expect(lake).toMatch(/^\d 2019-07-14\.jpg$/u)
  const copy = readFileSync(join(target, lake))
  expect(await sharp(copy).metadata()).toMatchObject({ width: 67, height: 100 })
  for (const name of [...placeNames, 'GPS']) expect(copy.includes(name)).toBe(false)

  const inside = await kartotekaHere(['copy', 'name:lake', join(photos, 'for Ann'), ...common])
  expect(inside).toMatchObject({ status: 1 })
  expect(inside.stderr).toMatch(/a folder of the library.*--yes/u)
  expect(readdirSync(photos)).not.toContain('for Ann')
})

describe('copying says what is wrong', () => {
  it.each([
    [['--without-place'], /--without-place is for --jpeg/u],
    [['--jpeg', '9'], /whole number, 16 to 65500/u],
    [['--jpeg', 'full', '--sidecars'], /--sidecars is for originals/u],
    [['--names', '{nam}'], /\{nam\} is none of: \{name\}, \{date\}/u],
  ])('with the options %j', async (options, message) => {
    const { status, stderr } = await kartotekaHere(['copy', 'dog', tempFolder(), ...options])
    expect(status).toBe(64)
    expect(stderr).toMatch(message)
  })
})
