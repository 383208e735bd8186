import { expect, it } from 'vitest'
import type { Notice } from '../../../electron/core/contract/states.ts'
import { createNotices } from '../../../electron/service/notices.ts'

const restored: Notice = { code: 'library-restored', message: 'The library was restored.' }
const away: Notice = { code: 'folder-offline', message: '/photos is not reachable.' }

function telling(first: readonly Notice[] = []) {
  const told: Notice[] = []
  const over = new Set<Notice['code']>()
  const notices = createNotices(
    first,
    ({ code }) => over.has(code),
    (notice) => told.push(notice),
  )
  return { ...notices, told, over }
}

it('tells everything once', () => {
  const { tell, told, standing } = telling([restored])
  tell(away)
  tell(away)
  tell(restored)
  expect(told).toEqual([away])
  expect(standing()).toEqual([restored, away])
})

it('forgets what has mended itself, and tells it again when it happens again', () => {
  const { tell, told, over, standing } = telling()
  tell(away)
  over.add('folder-offline')
  expect(standing()).toEqual([])
  over.clear()
  expect(standing()).toEqual([])
  tell(away)
  expect(told).toEqual([away, away])
  expect(standing()).toEqual([away])
})
