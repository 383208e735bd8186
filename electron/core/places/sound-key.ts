import { fold } from '../labels/fold.ts'

const latin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

/** Spellings of one sound, in the order in which they are brought to one form. */
const sameSounds: readonly (readonly [RegExp, string])[] = [
  [/sch(?=[^aeiouy]|$)/g, 'sh'],
  [/ph/g, 'f'],
  [/kh/g, 'h'],
  [/tz|ts|c(?=[eiy])/g, 'ts'],
  [/ck|c(?!h)|q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[yj]/g, 'i'],
  // "Yekaterinburg", "Ekaterinburg".
  [/ie/g, 'e'],
  [/(.)\1+/g, '$1'],
]

/**
 * What a name sounds like, roughly: names that are one another's transliteration have the same key. `null` for scripts
 * other than Latin and Cyrillic.
 */
export function soundKey(name: string): string | null {
  const folded = fold(name)
  if (!/^[a-zа-яіїєґў0-9 .]+$/u.test(folded)) return null
  let key = folded.replace(/[а-яіїєґў]/gu, (letter) => latin[letter] ?? letter)
  for (const [spelling, sound] of sameSounds) key = key.replace(spelling, sound)
  return key.trim() === '' ? null : key
}
