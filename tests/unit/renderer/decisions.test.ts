import { describe, expect, it } from 'vitest'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { openWindow, refusal, settled, type Answers } from '../../fixtures/scripted-shell.ts'
import { useDecisions } from '../../../renderer/src/labels/decisions.ts'
import { newestActs, type DoneAct } from '../../../renderer/src/labels/done-acts.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'

const dog = { term: 'category:dog', name: 'dog' } as const
const numbered = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** Every photo is changed; what was changed can be taken back. */
const willing: Answers = {
  decide: ({ photoIds }) => ({ changed: photoIds.length }),
  undo: () => ({ changed: 1 }),
  redo: () => ({ changed: 1 }),
}

function deciding(answers: Answers = willing) {
  const shell = openWindow(answers)
  return { shell, decisions: useDecisions(), toasts: useToasts() }
}

type Toasts = ReturnType<typeof useToasts>

/** Presses the button of the last message. */
async function act({ toasts }: Toasts): Promise<void> {
  toasts.at(-1)?.action?.run()
  await settled()
}

const said = ({ toasts }: Toasts) => toasts.map(({ text }) => text)

describe('a decision', () => {
  it('is one call with a way back', async () => {
    const { shell, decisions, toasts } = deciding()
    expect(await decisions.decide([1, 2], 'confirmed', dog)).toBe(true)
    expect(shell.asked('decide')).toEqual([
      { photoIds: [1, 2], verdict: 'confirmed', label: { kind: 'term', term: 'category:dog' } },
    ])
    expect(decisions.made).toBe(1)
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(1)
    expect(decisions.made).toBe(2)
    await act(toasts)
    expect(shell.asked('redo')).toHaveLength(1)
    expect(decisions.made).toBe(3)
    // There is one message about what can be taken back.
    expect(toasts.toasts).toHaveLength(1)
  })

  it('gives a label of one’s own by its name', async () => {
    const { shell, decisions } = deciding()
    await decisions.decide([1], 'added', { term: null, name: 'Rex' })
    expect(shell.asked('decide')).toEqual([
      { photoIds: [1], verdict: 'added', label: { kind: 'own', name: 'Rex' } },
    ])
  })

  it('on more photos than one call takes is taken back and done again as a whole', async () => {
    const { shell, decisions, toasts } = deciding()
    await decisions.decide(numbered(200_001), 'removed', dog)
    expect(shell.asked('decide').map(({ photoIds }) => photoIds.length)).toEqual([200_000, 1])
    expect(shell.asked('decide').flatMap(({ photoIds }) => photoIds)).toHaveLength(200_001)
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(2)
    await act(toasts)
    expect(shell.asked('redo')).toHaveLength(2)
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(4)
  })

  it('takes back only the calls that changed something', async () => {
    const { shell, decisions, toasts } = deciding({
      ...willing,
      decide: ({ photoIds }) => ({ changed: photoIds[0] === 1 ? 0 : photoIds.length }),
    })
    await decisions.decide(numbered(200_001), 'confirmed', dog)
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(1)
  })

  it('that changes nothing offers no way back, which would take back another one', async () => {
    const { decisions, toasts } = deciding({ ...willing, decide: () => ({ changed: 0 }) })
    expect(await decisions.decide([1], 'confirmed', dog)).toBe(true)
    expect(decisions.made).toBe(0)
    expect(toasts.toasts.map(({ action }) => action)).toEqual([null])
  })

  it('that could not be made says so in the place of what was said before', async () => {
    const { shell, decisions, toasts } = deciding()
    await decisions.decide([1], 'confirmed', dog)
    shell.answer({
      decide: () => {
        throw refusal('No such photo.')
      },
    })
    expect(await decisions.decide([2], 'confirmed', dog)).toBe(false)
    expect(toasts.toasts.map(({ tone, detail, action }) => [tone, detail, action])).toEqual([
      ['error', 'No such photo.', null],
    ])
  })

  it('stays where it is when it cannot be taken back', async () => {
    const { shell, decisions, toasts } = deciding()
    await decisions.decide([1], 'confirmed', dog)
    shell.answer({
      undo: () => {
        throw refusal()
      },
    })
    await act(toasts)
    expect(decisions.made).toBe(1)
    expect(toasts.toasts.map(({ tone }) => tone)).toEqual(['error'])
  })
})

/** Ten photos on the wall, and a service that leaves out those from which a label was removed. */
async function onWall() {
  const list = scriptedList(numbered(10))
  const gone: (readonly number[])[] = []
  const taken: (readonly number[])[] = []
  const all = list.ids
  const news = () => {
    list.ids = all.filter((id) => !gone.flat().includes(id))
    shell.emit('libraryChanged', { revision: 1, what: ['decisions'] })
  }
  const shell = openWindow({
    ...list.answers,
    decide: ({ photoIds }) => {
      gone.push(photoIds)
      taken.length = 0
      news()
      return { changed: photoIds.length }
    },
    undo: () => {
      taken.push(...gone.splice(-1))
      news()
      return { changed: 1 }
    },
    redo: () => {
      gone.push(...taken.splice(-1))
      news()
      return { changed: 1 }
    },
  })
  await useSearch().load()
  await settled()
  const selection = useSelection()
  const selected = async () => {
    await settled()
    return [...(await selection.ids())].sort((one, other) => one - other)
  }
  return { shell, selection, selected, decisions: useDecisions(), toasts: useToasts() }
}

describe('undo and redo', () => {
  it('bring the selection back as it was when the act was done, also photos that had left the list', async () => {
    const { selection, selected, decisions } = await onWall()
    await selection.addBetween(0, 3)
    await decisions.decide(await selection.ids(), 'removed', dog)
    expect(await selected()).toEqual([])
    await selection.addBetween(4, 6)
    await decisions.decide(await selection.ids(), 'removed', dog)
    expect(await selected()).toEqual([])

    await decisions.undo()
    expect(await selected()).toEqual([8, 9])
    await decisions.undo()
    expect(await selected()).toEqual([1, 2, 3])
    selection.clear()
    await decisions.redo()
    expect(await selected()).toEqual([])
    await decisions.undo()
    expect(await selected()).toEqual([1, 2, 3])
  })

  it('leave the selection alone on the wall of another question, and for what was done without one', async () => {
    const { selection, selected, decisions } = await onWall()
    await decisions.decide([10], 'removed', dog)
    await settled()
    await selection.addBetween(0, 2)
    await decisions.undo()
    expect(await selected()).toEqual([1, 2])
    await decisions.decide([10], 'removed', dog)
    useSearch().ask('cat')
    await settled()
    await selection.addBetween(3, 4)
    await decisions.undo()
    expect(await selected()).toEqual([4])
  })

  it('keep step with the library, which remembers what was done before the window was opened', async () => {
    const { shell, selection, selected, decisions } = await onWall()
    await selection.addBetween(0, 1)
    await decisions.decide([1], 'removed', dog)
    for (let times = 0; times < 2; times++) await decisions.undo()
    selection.clear()
    // The older one first; it says nothing of the selection.
    await decisions.redo()
    expect(await selected()).toEqual([])
    shell.answer({
      redo: () => {
        throw refusal()
      },
    })
    await decisions.redo()
    shell.answer({ redo: () => ({ changed: 1 }) })
    await selection.addBetween(5, 6)
    await decisions.redo()
    expect(await selected()).toEqual([1])
  })
})

const doneAct = (steps: number, photos: number): DoneAct => {
  return { steps, selection: { question: '', ids: numbered(photos), anchor: null } }
}

describe('the acts that a window remembers', () => {
  it('are the newest; of those before them the selection is forgotten where it is too many photos', () => {
    const acts = newestActs([doneAct(1, 1), doneAct(2, 5), doneAct(3, 4), doneAct(4, 2), doneAct(5, 3)], {
      acts: 4,
      photos: 9,
    })
    expect(acts.map(({ steps, selection }) => [steps, selection?.ids.length])).toEqual([
      [2, undefined],
      [3, 4],
      [4, 2],
      [5, 3],
    ])
  })
})

describe('a label of one’s own', () => {
  it('is renamed, or becomes one with the label of that name; both with a way back', async () => {
    const { shell, decisions, toasts } = deciding({
      ...willing,
      renameOwnLabel: ({ name }) => ({ term: 'own:1', merged: name === 'Rex' }),
    })
    await decisions.rename('own:1', 'Dog', 'Fido')
    const [renamed] = said(toasts)
    await decisions.rename('own:1', 'Dog', 'Rex')
    const [merged] = said(toasts)
    expect(renamed).not.toBe(merged)
    expect(decisions.made).toBe(2)
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(1)
  })

  it('is removed with a way back', async () => {
    const { shell, decisions, toasts } = deciding({ ...willing, removeOwnLabel: () => ({ changed: 4 }) })
    await decisions.removeLabel('own:1', 'Rex')
    expect(shell.asked('removeOwnLabel')).toEqual([{ term: 'own:1' }])
    await act(toasts)
    expect(shell.asked('undo')).toHaveLength(1)
  })
})
