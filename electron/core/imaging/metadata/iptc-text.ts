import { decodeText } from '../containers/tiff.ts'

/**
 * Text of unknown encoding, all of one block. IPTC blocks seldom name theirs, or name a wrong one, and old programs wrote
 * in the code page of their computer, mostly a word or two. That is too little for libraries that go by the frequency of
 * letters (chardet takes Cyrillic words for Japanese, jschardet French ones for Macedonian), but enough for what no text
 * has: two scripts in one word, a sign or a lone capital within one, a whole word of accented letters.
 */
const codePages = ['windows-1252', 'windows-1251', 'macintosh'] as const

/** How many strings, and bytes of each, are looked at to find the code page. */
const stringsAtMost = 500
const bytesAtMost = 2000

/**
 * What `strings` say; `null` for blank ones. Each that is valid UTF-8 is that; the others are taken for the code page
 * that makes the least nonsense of all of them together, Western European when in doubt.
 * @param others text of the same block, which helps to find the code page
 */
export function decodeStrings(strings: readonly Buffer[], others: readonly Buffer[]): (string | null)[] {
  const odd = [...strings, ...others].filter((raw) => !isUtf8(raw))
  const decode = odd.length === 0 ? null : likeliest(odd.slice(0, stringsAtMost))
  return strings.map((raw) => decodeText(!decode || isUtf8(raw) ? raw : Buffer.from(decode(raw))))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function isUtf8(raw: Buffer): boolean {
  try {
    utf8.decode(raw)
    return true
  } catch {
    return false
  }
}

type Decode = (raw: Buffer) => string

function likeliest(strings: readonly Buffer[]): Decode {
  const guesses = codePages.map((name) => {
    const decoder = new TextDecoder(name)
    const decode: Decode = (raw) => decoder.decode(raw)
    return { decode, nonsense: sum(strings, (raw) => nonsenseIn(decode(raw.subarray(0, bytesAtMost)))) }
  })
  return guesses.reduce((best, guess) => (guess.nonsense < best.nonsense ? guess : best)).decode
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}

/** How many characters stand where no text has them. */
function nonsenseIn(text: string): number {
  // White space and the punctuation of ASCII.
  return sum(text.split(/[\s!-/:-@[-`{-~]+/), nonsenseOf)
}

/** Signs other than apostrophes and dashes between letters, and those beside a letter that are no quotation marks. */
const sign = /(?<=\p{L})[^\p{L}\p{M}\p{N}\p{Pd}‘’](?=\p{L})|(?<=\p{L})[\p{S}\p{Po}]|[\p{S}\p{Po}](?=\p{L})/gu
/** A capital that is not ASCII behind another letter. */
const lateCapital = /(?<=\p{L})(?![A-Z])\p{Lu}/gu
const control = /[\p{Cc}\p{Lm}]/gu

function nonsenseOf(word: string): number {
  const count = (pattern: RegExp) => word.match(pattern)?.length ?? 0
  const cyrillic = count(/\p{Script=Cyrillic}/gu)
  const latin = count(/\p{Script=Latin}/gu)
  const mixed = latin > 0 ? cyrillic : 0
  const allAccented = latin > 1 && !/[a-z]/i.test(word) ? latin : 0
  const capitals = word === word.toUpperCase() ? 0 : count(lateCapital)
  return count(sign) + count(control) + mixed + allAccented + capitals
}
