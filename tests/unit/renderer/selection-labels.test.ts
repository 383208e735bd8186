import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { SelectionLabel } from '../../../electron/core/contract/values.ts'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, refusal, settled } from '../../fixtures/scripted-shell.ts'
import { useDecisions } from '../../../renderer/src/labels/decisions.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'
import { useSelectionLabels } from '../../../renderer/src/selection/use-selection-labels.ts'

const zebra = (count: number): SelectionLabel => {
  return { term: 'class:340', label: 'zebra', kind: 'class', count, decided: 0 }
}

/** Until the selection has settled, and what was asked then is answered. */
async function later(milliseconds = 1000): Promise<void> {
  await settled()
  vi.advanceTimersByTime(milliseconds)
  await settled()
}

async function selecting(count = 10) {
  const shell = openWindow({
    ...scriptedList(Array.from({ length: count }, (_, at) => at + 1)).answers,
    getSelectionLabels: ({ photoIds }) => [zebra(photoIds.length)],
    decide: () => ({ changed: 1 }),
  })
  await useSearch().load()
  const selection = useSelection()
  const { value: known } = inComponent(useSelectionLabels)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  return { shell, selection, known, asked: () => shell.asked('getSelectionLabels') }
}

describe('the labels of the selected photos', () => {
  it('are asked for once a selection has settled, and are none without one', async () => {
    const { selection, known, asked } = await selecting()
    await later()
    expect(asked()).toEqual([])
    for (const end of [1, 2, 3]) await selection.addBetween(0, end)
    await later(0)
    expect(asked()).toEqual([])
    await later()
    expect(asked()).toEqual([{ photoIds: [1, 2, 3], language: 'en' }])
    expect(known.value).toEqual({ photos: 3, labels: [zebra(3)] })
    selection.clear()
    await later()
    expect(known.value).toEqual({ photos: 0, labels: [] })
  })

  it('are asked for again after a decision, and after the library has changed', async () => {
    const { shell, selection, asked } = await selecting()
    await selection.addBetween(0, 2)
    await later()
    await useDecisions().decide([1], 'confirmed', { term: 'class:340', name: 'zebra' })
    await later()
    shell.emit('libraryChanged', { revision: 1, what: ['tags'] })
    await later()
    expect(asked()).toHaveLength(3)
  })

  it('stay as they were known when they cannot be had', async () => {
    const { shell, selection, known } = await selecting()
    await selection.addBetween(0, 2)
    await later()
    shell.answer({
      getSelectionLabels: () => {
        throw refusal()
      },
    })
    await selection.addBetween(0, 3)
    await later()
    expect(known.value).toEqual({ photos: 2, labels: [zebra(2)] })
  })

  it('are not listed for more photos than one call takes', async () => {
    const { selection, known, asked } = await selecting(200_001)
    await selection.addBetween(0, 200_001)
    await later()
    expect([asked(), known.value]).toEqual([[], { photos: 200_001, labels: [] }])
  })
})
