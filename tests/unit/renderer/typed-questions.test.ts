import { describe, expect, it } from 'vitest'
import { typedOnceMore } from '../../../renderer/src/albums/typed-questions.ts'

describe('how often a question was typed', () => {
  it('is counted for each question apart', () => {
    let counts: readonly (readonly [string, number])[] = []
    const type = (text: string): number => {
      const next = typedOnceMore(counts, text)
      ;({ counts } = next)
      return next.times
    }
    expect(['sea', 'dog', 'sea', 'sea', 'dog'].map(type)).toEqual([1, 1, 2, 3, 2])
  })

  it('is forgotten of those that were typed long ago', () => {
    let counts: readonly (readonly [string, number])[] = [['sea', 2]]
    for (let at = 0; at < 60; at += 1) ({ counts } = typedOnceMore(counts, `question ${at}`))
    expect(counts).toHaveLength(50)
    expect(typedOnceMore(counts, 'sea').times).toBe(1)
  })
})
