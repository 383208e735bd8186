import { describe, expect, it } from 'vitest'
import { eventOf, ownWords } from '../../../electron/core/search/folder-event.ts'

describe('the own words of a folder', () => {
  it.each([
    ['Wedding Olga', 'Wedding Olga'],
    ['2026-05-09 Wedding Olga', 'Wedding Olga'],
    ['2026_05_09_Wedding_Olga', 'Wedding Olga'],
    ['Wedding Olga (09.05.2026)', 'Wedding Olga'],
    ['20260509 - Wedding', 'Wedding'],
    ['12–20 июля 2015 Крым', 'Крым'],
    ['Дача, июль 2015', 'Дача'],
    ['Sommer in Italien 2019', 'Sommer in Italien'],
    ["Mum's 60th birthday", "Mum's 60th birthday"],
    ['Windows 2000 party', 'Windows 2000 party'],
    ['Canon EOS', 'Canon EOS'],
    ['WhatsApp Images', 'WhatsApp Images'],
  ])('%s: %s', (name, words) => {
    expect(ownWords(name)).toBe(words)
  })

  it.each(
    `2015|2015-07|2015-07-12|07|July 2015|Июль|12 July|12.07.2015|DCIM|100APPLE|101CANON|100_0415|100MSDCF|IMG|DSC_0001
    Photos|My Pictures|Camera Roll|Photos from 2019|Фото 2015|Разное|Сканы|JPG|New Folder|2019 backup|a|42|`
      .split(/\||\n\s+/u)
      .map((name) => [name]),
  )('none: "%s"', (name) => {
    expect(ownWords(name)).toBeNull()
  })
})

/** The event of the last folder; each is in the one before. */
const chain = (...names: string[]) => {
  const folders = names.map((name, at) => ({
    id: at,
    parentId: at === 0 ? null : at - 1,
    path: name,
    name,
  }))
  const last = folders.at(-1)
  return last === undefined ? null : eventOf(last, new Map(folders.map((folder) => [folder.id, folder])))
}

describe('what the photos of a folder are of', () => {
  it.each([
    ['its own words', ['photos', '2019', 'Italy'], 'Italy'],
    [
      'those of the folder around it where it has none',
      ['photos', '2019 Italy', 'DCIM', '100APPLE'],
      'Italy',
    ],
    ['nothing where none of them has any', ['photos', '2019', '07'], null],
    ['not the name of the place where all photos are', ['Olga', '2019'], null],
    ['that of a root which is an event itself', ['2019-07 Italy', 'JPG'], 'Italy'],
  ])('%s', (_, names, event) => {
    expect(chain(...names)).toBe(event)
  })
})
