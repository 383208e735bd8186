/** What nearly all names consist of; folded without the full procedure, as thousands are folded at each start. */
const plain = /^[a-zа-яё0-9 '-]*$/
const apostrophes = /['’‘‛`´ʹʼʻ′＇]/gu
const invisible = /\p{Cf}/gu
/** Accents and vowel points that people leave out; not the marks that make other letters (Japanese が, Hindi vowels). */
const marks = /[[\p{M}&&\p{Script=Inherited}]--[\u3099\u309a]]|[[\u0591-\u05c7]&&\p{M}]/gv
const separators = /[\p{Pd}_\p{Z}\p{Cc}]+/gu
const letters: Readonly<Record<string, string>> = {
  ς: 'σ',
  ё: 'е',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
}
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu')

/**
 * The form in which words are stored and compared: compatibility forms and case folded, accents stripped, ё → е,
 * apostrophes and invisible characters dropped, hyphens, underscores and control characters turned into spaces,
 * spaces collapsed and trimmed. Folding twice changes nothing.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (plain.test(lower)) return foldPlain(lower)
  let folded = foldOnce(text)
  // A stripped character can bring together two that combine, so a second look is needed, rarely more.
  for (let again = foldOnce(folded); again !== folded; again = foldOnce(folded)) folded = again
  return folded
}

function foldPlain(lower: string): string {
  const words = lower.replaceAll("'", '').replaceAll('-', ' ').replaceAll('ё', 'е').trim()
  return words.includes('  ') ? words.replace(/ {2,}/gu, ' ') : words
}

function foldOnce(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(apostrophes, '')
      .normalize('NFKC')
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(apostrophes, '')
      // й is a letter of its own, though Unicode takes it apart.
      .replaceAll('и\u0306', 'й')
      .replace(marks, '')
      .replace(invisible, '')
      .normalize('NFC')
      .replace(special, (letter) => letters[letter] ?? letter)
      .replace(separators, ' ')
      .trim()
  )
}
