import { languageOf, type Language } from '../core/contract/languages.ts'

/**
 * The language to speak to a browser.
 * @param header its `Accept-Language`: tags with weights, such as `ru-RU,ru;q=0.9,en;q=0.8`
 * @returns the one it likes best of those that are spoken here, English when there is none
 */
export function acceptedLanguage(header: string | undefined): Language {
  const liked = (header ?? '').split(',').flatMap((part) => {
    const [tag = '', ...parameters] = part.split(';').map((each) => each.trim())
    const weight = parameters.find((each) => each.toLowerCase().startsWith('q='))?.slice(2) ?? '1'
    const language = languageOf(tag)
    // A weight of 0 means: not this one.
    return language !== null && Number(weight) > 0 ? [{ language, weight: Number(weight) }] : []
  })
  // Of those liked alike the first one counts: sorting keeps their order.
  return liked.toSorted((one, other) => other.weight - one.weight)[0]?.language ?? 'en'
}
