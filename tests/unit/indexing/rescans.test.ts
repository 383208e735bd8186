import { expect, it } from 'vitest'
import { planRescans } from '../../../electron/core/indexing/rescans.ts'
import { addRoot, removeRoot } from '../../../electron/core/library/roots/roots.ts'
import { tempLibrary } from '../../fixtures/temp-library.ts'

it('roots are scanned again where stale files were left, and each only so many times in a run', () => {
  const library = tempLibrary()
  const [one, other] = ['/one', '/other'].map((path) => addRoot(library, path))
  const { mayWait, note, due } = planRescans(library)
  const target = { rootId: one?.id, path: '/one' }
  expect(due()).toEqual([])
  for (let scan = 0; scan < 3; scan++) {
    expect(mayWait('/one/trip/a.jpg')).toBe(true)
    note('/one/trip/a.jpg')
    note('/one/b.jpg')
    expect(due()).toEqual([target])
    expect(due()).toEqual([])
  }
  expect(mayWait('/one/a.jpg')).toBe(false)
  note('/one/a.jpg')
  expect(due()).toEqual([])

  expect([mayWait('/other/a.jpg'), mayWait('/elsewhere/a.jpg')]).toEqual([true, false])
  note('/other/a.jpg')
  removeRoot(library, other?.id ?? 0, true)
  expect(due()).toEqual([])
})
