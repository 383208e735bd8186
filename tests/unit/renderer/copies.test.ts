import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import type { CopyReport } from '../../../electron/core/contract/copies.ts'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { useLibrary } from '../../../renderer/src/app/library.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { optionsOf, unknownPart, useCopyForm } from '../../../renderer/src/give-away/copy-form.ts'
import { useCopies } from '../../../renderer/src/give-away/copies.ts'
import { useDragOut } from '../../../renderer/src/give-away/use-drag-out.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'

const done: CopyReport = { copied: 3, leftOut: 0, reasons: [], ended: { how: 'done' } }
const desktop = { kind: 'electron', chooseFolders: true, showInFolder: true, trash: true } as const

/** The last message. */
const said = () => useToasts().toasts.at(-1)

describe('what came of copies', () => {
  it('is told with a way to the folder, and how far they are before', async () => {
    const { emit, asked } = openWindow({ showInFolder: () => null })
    useLibrary().shell = desktop
    const copies = useCopies()
    emit('copies', { phase: 'copying', progress: { done: 1, total: 3, current: '/photos/a.jpg' } })
    expect(copies.progress).toMatchObject({ done: 1, total: 3 })
    emit('copies', { phase: 'ended', report: done, folder: '/copies' })
    expect(copies.progress).toBeNull()
    expect(said()).toMatchObject({ text: '3 copies saved.', tone: 'plain' })
    said()?.action?.run()
    await settled()
    expect(asked('showInFolder')).toEqual([{ kind: 'copies' }])
  })

  it('names what was left out', () => {
    const { emit } = openWindow()
    useCopies()
    const report = { ...done, copied: 1, leftOut: 2, reasons: ['a is away.', 'b changed.'] }
    emit('copies', { phase: 'ended', report, folder: '/copies' })
    expect(said()).toMatchObject({ text: '1 copy saved. 2 photos were left out.', tone: 'error' })
    said()?.action?.run()
    expect(useScreens().dialog).toEqual({ kind: 'left-out-copies', leftOut: 2, reasons: report.reasons })
  })

  it('says what ended it, and that it was interrupted when the service went down', () => {
    const { emit } = openWindow()
    const copies = useCopies()
    const failure = { code: 'disk-full', message: 'There is no room in /copies.' } as const
    emit('copies', {
      phase: 'ended',
      report: { ...done, ended: { how: 'failed', failure } },
      folder: '/copies',
    })
    expect(said()).toMatchObject({
      text: 'The disk is full. 3 copies were saved before.',
      detail: failure.message,
      tone: 'error',
    })
    emit('copies', { phase: 'copying', progress: { done: 0, total: 3, current: null } })
    emit('service', { state: 'restarting', message: null })
    expect(copies.progress).toBeNull()
    expect(said()).toMatchObject({ text: 'Saving copies was interrupted.' })
  })

  it('leaves a download that was broken off to the browser, which says so', () => {
    const { emit } = openWindow()
    useCopies()
    emit('copies', { phase: 'ended', report: { ...done, ended: { how: 'stopped' } }, folder: null })
    expect(said()).toBeUndefined()
    emit('copies', { phase: 'ended', report: done, folder: null })
    expect(said()).toMatchObject({ text: '3 copies downloaded.' })
  })

  it('gives a question about the folder back to who asked to save', async () => {
    openWindow({
      saveCopies: () => {
        throw new KartotekaError('folder-in-library', '/photos is in the library.')
      },
    })
    const options = { names: null, as: { kind: 'original', sidecars: false } } as const
    expect(await useCopies().save([1], '/photos', options, false)).toMatchObject({
      code: 'folder-in-library',
    })
  })
})

describe('the form', () => {
  it('says how copies are made, keeps what was chosen, and asks for what is missing', async () => {
    localStorage.clear()
    const form = useCopyForm()
    expect(optionsOf(form)).toEqual({ names: null, as: { kind: 'original', sidecars: false } })
    Object.assign(form, { kind: 'jpeg', side: 0, metadata: 'none', named: 'pattern', pattern: ' {date} ' })
    await settled()
    expect(optionsOf(useCopyForm())).toEqual({
      names: '{date}',
      as: { kind: 'jpeg', side: null, quality: 85, metadata: 'none' },
    })
    form.pattern = '{nam}'
    expect([optionsOf(form), unknownPart(form)]).toEqual([null, '{nam}'])
    Object.assign(form, { pattern: 'x', quality: '' })
    expect(optionsOf(form)).toBeNull()
  })

  it('is as usual where nothing sensible was kept', () => {
    localStorage.setItem('kartoteka.copies', '{"kind": 7, "side": "wide", "pattern": "{name}"}')
    expect(useCopyForm()).toMatchObject({ kind: 'original', side: 2048, pattern: '{name}' })
    localStorage.setItem('kartoteka.copies', 'nonsense')
    expect(useCopyForm()).toMatchObject({ kind: 'original' })
  })
})

/** A wall of five photos, and the third of them under the pointer. */
async function wall() {
  const ids = Array.from({ length: 5 }, (_, at) => 101 + at)
  const scripted = openWindow({ ...scriptedList(ids).answers, dragPhotos: () => null })
  await useSearch().load()
  usePhotoList().want(0, 5)
  await settled()
  useLibrary().shell = desktop
  const element = document.createElement('div')
  const cell = document.createElement('div')
  cell.dataset['index'] = '2'
  element.append(cell)
  let boxes = 0
  element.addEventListener('pointerdown', () => boxes++)
  inComponent(() => {
    useDragOut(ref(element))
  })
  const drag = async (altKey: boolean): Promise<boolean> => {
    cell.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, altKey }))
    const start = new Event('dragstart', { bubbles: true, cancelable: true })
    cell.dispatchEvent(start)
    await settled()
    return start.defaultPrevented
  }
  return { drag, asked: scripted.asked, boxes: () => boxes }
}

describe('dragging photos out', () => {
  it('hands the photo under the pointer to the shell, or the selection that it belongs to', async () => {
    const { drag, asked, boxes } = await wall()
    expect(await drag(true)).toBe(true)
    await useSelection().addBetween(1, 4)
    await drag(true)
    expect(asked('dragPhotos')).toEqual([{ photoIds: [103] }, { photoIds: [102, 103, 104] }])
    expect(boxes()).toBe(0)
  })

  it('is left alone without Alt, and in a browser', async () => {
    const { drag, asked, boxes } = await wall()
    expect(await drag(false)).toBe(false)
    useLibrary().shell = { ...desktop, kind: 'browser' }
    expect(await drag(true)).toBe(false)
    expect(asked('dragPhotos')).toEqual([])
    expect(boxes()).toBe(2)
  })
})
