import { afterEach, describe, expect, it } from 'vitest'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { lossLines } from '../../../renderer/src/settings/restore-loss.ts'
import { noLoss } from '../../fixtures/restore-losses.ts'

afterEach(() => {
  speak('en')
})

describe('what a restore changes', () => {
  it('is told kind by kind, as far as there is any of it', () => {
    const loss = { labels: 2, albums: 1, searches: 2, taught: 1, groups: 3, photosAdded: 1200, returning: 3 }
    expect(lossLines({ decisions: 1, photosDecided: 1, ...loss })).toEqual([
      '1 decision is lost (1 photo)',
      '2 new labels or new names of labels are lost',
      'what changed in 1 album is lost',
      'what changed in 2 saved searches is lost',
      'what was taught or unlearnt is lost (1 word)',
      'what changed in stacks and in photos kept apart is lost (3)',
      expect.stringMatching(/^1.200 photos that came later are recognised again$/u),
      '3 decisions come back',
    ])
  })

  it.each([
    ['en', 'Nothing is lost: this backup holds everything you decided.', '1 decision comes back'],
    ['ru', 'Ничего не пропадёт: все ваши решения есть в этой копии.', 'вернётся 1 решение'],
  ] as const)('is said to be no loss where nothing is lost (%s)', (language, none, back) => {
    speak(language)
    expect(lossLines(noLoss)).toEqual([none])
    expect(lossLines({ ...noLoss, returning: 1 })).toEqual([none, back])
  })

  it('has the forms that Russian has for numbers', () => {
    speak('ru')
    const [one, few, many] = [1, 3, 5].map(
      (decisions) => lossLines({ ...noLoss, decisions, photosDecided: decisions })[0],
    )
    expect([one, few, many]).toEqual([
      'пропадёт 1 решение (1 фотография)',
      'пропадут 3 решения (3 фотографии)',
      'пропадут 5 решений (5 фотографий)',
    ])
  })

  it('is said to be unknown where the library cannot be read', () => {
    expect(lossLines(null)).toEqual([
      'Kartoteka cannot tell what would be lost, because the library cannot be read.',
    ])
  })
})
