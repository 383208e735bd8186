import { describe, expect, it } from 'vitest'
import { latest } from '../../../renderer/src/app/latest.ts'

describe('the latest answer', () => {
  it('counts, also where an earlier one comes after it', async () => {
    const answers: ((answer: string | null) => void)[] = []
    const ask = latest(
      () =>
        new Promise<string | null>((resolve) => {
          answers.push(resolve)
        }),
    )
    const [first, second] = [ask(), ask()]
    answers[1]?.('second')
    expect(await second).toBe('second')
    answers[0]?.('first')
    expect(await first).toBeNull()
  })

  it('is none where it failed', async () => {
    expect(await latest(async () => null)()).toBeNull()
  })
})
