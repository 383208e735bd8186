import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { detailsOf, wallPhoto } from '../../fixtures/contract-values.ts'
import { scriptedList, type ScriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled, type ScriptedShell } from '../../fixtures/scripted-shell.ts'
import { useRefresh } from '../../../renderer/src/app/refresh.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { useDecisions } from '../../../renderer/src/labels/decisions.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useViewedPhoto } from '../../../renderer/src/viewer/use-viewed-photo.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, at) => 1001 + at)

type Viewer = ReturnType<typeof useViewedPhoto>

interface Opened {
  readonly shell: ScriptedShell
  readonly viewer: Viewer
}

/**
 * A viewer that was opened at a place of the wall.
 * @param meanwhile what happens between the wall's being painted and the opening
 */
async function openedAt(
  list: ScriptedList,
  index: number,
  meanwhile: (shell: ScriptedShell) => void = () => {},
): Promise<Opened> {
  const shell = openWindow(list.answers)
  await useSearch().load()
  usePhotoList().want(Math.max(0, index - 20), index + 20)
  await settled()
  meanwhile(shell)
  useScreens().viewed = index
  const { value: viewer } = inComponent(useViewedPhoto)
  await settled()
  return { shell, viewer }
}

/** The photo on the screen after going on so far. */
async function after(viewer: Viewer, steps: readonly (1 | -1)[]): Promise<number | undefined> {
  for (const step of steps) {
    if (step === 1) viewer.next()
    else viewer.previous()
    await settled()
  }
  return viewer.photo.value?.id
}

describe('the photo in the viewer', () => {
  it('is the one it was before the page was loaded anew, wherever that stands by now', async () => {
    const list = scriptedList(numbered(50))
    const { viewer } = await openedAt(list, 20, () => {
      useScreens().reopened = { index: 20, id: 1018 }
    })
    expect(viewer.photo.value?.id).toBe(1018)
    expect(await after(viewer, [1])).toBe(1019)
    const gone = await openedAt(scriptedList(numbered(50)), 20, () => {
      useScreens().reopened = { index: 20, id: 9999 }
    })
    expect(gone.viewer.photo.value?.id).toBe(1021)
  })

  it('is the one that was chosen, and its neighbours are those of the list, however long that is', async () => {
    expect.hasAssertions()
    const place = fc
      .integer({ min: 1, max: 9000 })
      .chain((total) => fc.tuple(fc.constant(total), fc.nat(total - 1)))
    const steps = fc.array(fc.constantFrom<1 | -1>(1, -1), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(place, steps, async ([total, index], way) => {
        const list = scriptedList(numbered(total))
        const { viewer } = await openedAt(list, index)
        expect(viewer.photo.value?.id).toBe(list.ids[index])
        let at = index
        for (const step of way) at = Math.min(total - 1, Math.max(0, at + step))
        expect(await after(viewer, way)).toBe(list.ids[at])
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['came before it', (ids: readonly number[]) => [1, 2, 3, ...ids]],
    ['left the list before it', (ids: readonly number[]) => ids.filter((id) => id > 1010)],
  ])('is the one on the wall although others %s since that was painted', async (_, moved) => {
    const list = scriptedList(numbered(3000))
    const { viewer } = await openedAt(list, 2500, () => {
      list.ids = moved(list.ids)
    })
    expect(viewer.photo.value?.id).toBe(3501)
    expect(await after(viewer, [1])).toBe(3502)
    expect(await after(viewer, [-1, -1])).toBe(3500)
  })

  it('is none rather than one of another place, as long as the next one has not come', async () => {
    const list = scriptedList(numbered(3000))
    const { shell, viewer } = await openedAt(list, 2500, () => {
      list.ids = [1, 2, ...list.ids]
    })
    const waiting: (() => void)[] = []
    shell.answer({
      getPhotos: ({ photoIds }) =>
        new Promise((resolve) => {
          waiting.push(() => resolve(photoIds.map(wallPhoto)))
        }),
    })
    expect(usePhotoList().at(2590)?.id).toBe(3591)
    viewer.go(2590)
    await settled()
    expect(viewer.photo.value?.id).toBe(3501)
    for (const come of waiting) come()
    await settled()
    expect(viewer.photo.value?.id).toBe(3589)
  })

  it('stays when it leaves the list, and its neighbours with it', async () => {
    const list = scriptedList(numbered(100))
    const { viewer } = await openedAt(list, 50)
    list.ids = list.ids.filter((id) => id < 1045 || id > 1055)
    useDecisions().made++
    await useSearch().load()
    await settled()
    expect(viewer.photo.value?.id).toBe(1051)
    expect(await after(viewer, [1])).toBe(1052)
    expect(await after(viewer, [-1, -1])).toBe(1050)
  })

  it.each([
    [1, 1013],
    [-1, 1008],
  ] as const)(
    'is the next that is still there, in the direction that was taken (%i)',
    async (step, there) => {
      const list = scriptedList(numbered(100))
      const { shell, viewer } = await openedAt(list, step === 1 ? 9 : 12)
      shell.answer({
        getPhotos: ({ photoIds }) => photoIds.filter((id) => id < 1009 || id > 1012).map(wallPhoto),
      })
      useRefresh().all()
      await settled()
      expect(await after(viewer, [step])).toBe(there)
    },
  )

  it('is on the wall where the viewer is closed, wherever it went meanwhile', async () => {
    const list = scriptedList(numbered(100))
    const { viewer } = await openedAt(list, 50)
    list.ids = [1, 2, 3, ...list.ids]
    await useSearch().load()
    await settled()
    await after(viewer, [1])
    expect(list.ids[useScreens().viewed ?? -1]).toBe(viewer.photo.value?.id)
  })

  it('goes on past the stretch whose order was kept, as the list is then', async () => {
    const list = scriptedList(numbered(9000))
    const { viewer } = await openedAt(list, 0)
    viewer.go(8999)
    await settled()
    expect(viewer.photo.value?.id).toBe(list.ids[8999])
    viewer.go(0)
    await settled()
    expect(viewer.photo.value?.id).toBe(list.ids[0])
  })

  it('has its neighbours as soon as the service can tell them, when it could not as the viewer was opened', async () => {
    const list = scriptedList(numbered(1000))
    const { shell, viewer } = await openedAt(list, 500, (shell) => {
      shell.answer({
        getIds: () => {
          throw new KartotekaError('service-down', 'The service is away.')
        },
      })
    })
    expect([viewer.photo.value?.id, viewer.order.idAt(500)]).toEqual([1501, null])
    shell.answer(list.answers)
    await useSearch().load()
    await settled()
    expect([viewer.photo.value?.id, viewer.order.idAt(500)]).toEqual([1501, 1501])
    expect(await after(viewer, [1])).toBe(1502)
  })
})

describe('what is known of the photo in the viewer', () => {
  it('is never that of another one, whichever answer comes first', async () => {
    const list = scriptedList(numbered(10))
    const { shell, viewer } = await openedAt(list, 4)
    const waiting = new Map<number, () => void>()
    shell.answer({
      getPhoto: ({ id }) => new Promise((resolve) => waiting.set(id, () => resolve(detailsOf(id)))),
    })
    await after(viewer, [1, 1])
    expect(viewer.details.value).toBeNull()
    waiting.get(1007)?.()
    await settled()
    waiting.get(1006)?.()
    await settled()
    expect(viewer.details.value?.id).toBe(1007)
  })

  it('follows decisions and changes of the library', async () => {
    const list = scriptedList(numbered(10))
    const { shell, viewer } = await openedAt(list, 4)
    shell.answer({ getPhoto: ({ id }) => detailsOf(id, { rating: 5 }) })
    useDecisions().made++
    await settled()
    expect(viewer.details.value?.rating).toBe(5)
    shell.answer({ getPhoto: ({ id }) => detailsOf(id, { rating: 4 }) })
    useRefresh().all()
    await settled()
    expect(viewer.details.value?.rating).toBe(4)
  })

  it('says why there is none, until there is', async () => {
    const list = scriptedList(numbered(10))
    const { shell, viewer } = await openedAt(list, 4)
    shell.answer({
      getPhoto: ({ id }) => {
        if (id === 1006) throw new Error('gone')
        return detailsOf(id)
      },
    })
    await after(viewer, [1])
    expect([viewer.trouble.value?.message, viewer.details.value]).toEqual(['gone', null])
    await after(viewer, [1])
    expect([viewer.trouble.value, viewer.details.value?.id]).toEqual([null, 1007])
  })
})
