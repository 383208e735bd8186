import { array, assert, constantFrom, option, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../electron/core/contract/languages.ts'
import { acceptedLanguage } from '../../../electron/web/accept-language.ts'
import { refusalTexts } from '../../../electron/web/refusal-texts.ts'

describe('the language spoken to a browser', () => {
  it('is the one it likes best of those that are spoken', () => {
    expect(acceptedLanguage('ru-RU,ru;q=0.9,en;q=0.8')).toBe('ru')
    expect(acceptedLanguage('de, en;q=0.5, ru;q=0.7')).toBe('ru')
    expect(acceptedLanguage('en-GB, ru')).toBe('en')
    expect(acceptedLanguage('fr;q=1, RU ; Q=0.2')).toBe('ru')
  })

  it('is English where none is spoken, or none is said', () => {
    for (const header of [undefined, '', '*', 'de-CH', 'ru;q=0', 'ru;q=nonsense'])
      expect(acceptedLanguage(header)).toBe('en')
  })

  it('is one that is spoken, whatever is sent', () => {
    const part = tuple(constantFrom('ru', 'en-GB', 'de', '*', ''), option(string())).map(
      ([tag, weight]) => `${tag}${weight === null ? '' : `;q=${weight}`}`,
    )
    assert(
      property(array(part), string(), (parts, noise) => {
        expect(languages).toContain(acceptedLanguage(`${parts.join(',')}${noise}`))
      }),
    )
  })

  it('has every sentence, and no two languages share one', () => {
    for (const refused of Object.keys(refusalTexts.en) as (keyof typeof refusalTexts.en)[]) {
      const sentences = languages.map((language) => refusalTexts[language][refused])
      expect(new Set(sentences).size).toBe(languages.length)
    }
  })
})
