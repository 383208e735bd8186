/**
 * Forms of Russian names, from the dictionary form outwards, by the tables of a grammar: nothing here knows how the
 * program gets from a form back to the word.
 */

const hushers = 'жчшщ'
const velars = 'гкх'
const endsWithOneOf = (word: string, letters: string) => letters.includes(word.at(-1) ?? ' ')
const isConsonant = (letter: string | undefined) => /[бвгджзклмнпрстфхцчшщ]/u.test(letter ?? '')
const withEndings = (stem: string, endings: string) => endings.split(' ').map((ending) => stem + ending)

/** Feminine nouns in -ь among the names; all others in -ь are masculine. */
const feminine = new Set(
  (
    'автодеталь автозапчасть акварель гантель дверь деталь дрель ель запчасть зелень карусель кисть кровать лошадь ' +
    'мебель модель мышь неясыть обувь окаменелость печь плоть постель растительность рысь сладость сеть ткань тетрадь ' +
    'форель церковь цепь шаль шерсть ёмкость живность площадь выпь часть ладонь'
  ).split(' '),
)

/** All cases but the nominative singular. Empty for words that no case changes. */
export function casesOfNoun(singular: string, plural: string): string[] {
  if (singular === plural) return /[ыи]$/u.test(plural) ? pluralCases(singular, plural) : []
  return [...singularCases(singular, plural), ...pluralCases(singular, plural)]
}

function singularCases(singular: string, plural: string): string[] {
  const last = singular.at(-1) ?? ''
  const base = singular.slice(0, -1)
  const stem = obliqueStem(singular, plural)
  const hissing = endsWithOneOf(stem, `${hushers}ц`)
  if (isConsonant(last)) return withEndings(stem, hissing ? 'а у ем е' : 'а у ом е')
  switch (last) {
    case 'й':
      return withEndings(stem, singular.endsWith('ий') ? 'я ю ем и' : 'я ю ем е')
    case 'ь':
      return feminine.has(singular)
        ? [`${stem}и`, `${singular}ю`]
        : withEndings(stem, hissing ? 'а у ем е' : 'я ю ем е')
    case 'а':
      return withEndings(
        base,
        `${endsWithOneOf(base, hushers + velars) ? 'и' : 'ы'} е у ${endsWithOneOf(base, `${hushers}ц`) ? 'ей' : 'ой'}`,
      )
    case 'я':
      return withEndings(base, base.endsWith('и') ? 'и ю ей' : 'и е ю ей')
    case 'о':
      return withEndings(base, 'а у ом е')
    case 'е':
    case 'ё':
      if (base.endsWith('и')) return withEndings(base, 'я ю ем и')
      return withEndings(base, endsWithOneOf(base, `${hushers}ц`) ? 'а у ем е' : 'я ю ем е')
    default:
      return []
  }
}

/** орёл (орлы) → орл-, котёнок (котята) → котёнк-, цветок (цветы) → цветк-, стул (стулья) → стул-. */
function obliqueStem(singular: string, plural: string): string {
  if (singular.endsWith('ок') && !plural.endsWith('ки') && !plural.endsWith('оки'))
    return `${singular.slice(0, -2)}к`
  return plural.endsWith('ья') ? singular : plural.slice(0, -1)
}

function pluralCases(singular: string, plural: string): string[] {
  const stem = plural.slice(0, -1)
  const soft = plural.endsWith('я') || (plural.endsWith('и') && !endsWithOneOf(stem, hushers + velars))
  return [plural, ...withEndings(stem, soft ? 'ям ями ях' : 'ам ами ах'), ...genitivePlural(singular, plural)]
}

/** Nothing where the grammar alone does not say which it is. */
function genitivePlural(singular: string, plural: string): string[] {
  const stem = plural.slice(0, -1)
  if (singular === plural) return []
  if (/(?:ат|ят)а$/u.test(plural)) return [stem]
  if (/ь[яёе]$/u.test(singular)) return []
  if (plural.endsWith('ья') || singular.endsWith('й')) return [`${stem}ев`]
  if (singular.endsWith('ь')) return [`${stem}ей`]
  if (isConsonant(singular.at(-1))) {
    if (endsWithOneOf(stem, hushers)) return [`${stem}ей`]
    return [stem.endsWith('ц') ? `${stem}ев` : `${stem}ов`]
  }
  if (/и[яе]$/u.test(singular)) return [`${singular.slice(0, -1)}й`]
  if (singular.endsWith('е') && !endsWithOneOf(stem, `${hushers}ц`)) return [`${stem}ей`]
  return withoutEnding(singular.slice(0, -1), singular.endsWith('я'))
}

/** птиц-а → птиц, сумк-а → сумок, чашк-а → чашек, чайк-а → чаек, башн-я → башен. */
function withoutEnding(stem: string, soft: boolean): string[] {
  const last = stem.at(-1) ?? ''
  const before = stem.at(-2) ?? ''
  if (!isConsonant(before) && before !== 'ь' && before !== 'й')
    return [soft ? `${stem}${isConsonant(last) ? 'ь' : 'й'}` : stem]
  if (last === 'к') {
    if (before === 'ь' || before === 'й') return [`${stem.slice(0, -2)}ек`]
    return [`${stem.slice(0, -1)}${hushers.includes(before) ? 'е' : 'о'}к`]
  }
  return []
}

/** All forms but the dictionary one of an adjective of any gender; лисий and божья as well. */
export function formsOfAdjective(adjective: string, plural: string): string[] {
  const feminineOne = /[аяь]я$/u.test(adjective)
  if (plural.endsWith('ьи'))
    return withEndings(plural.slice(0, -1), `${feminineOne ? 'ей ю' : 'его ему им ем'} и их им ими`)
  const stem = adjective.slice(0, -2)
  const hush = endsWithOneOf(stem, hushers)
  const velar = endsWithOneOf(stem, velars)
  const soft = !hush && !velar && plural.endsWith('ие')
  const y = soft || hush || velar ? 'и' : 'ы'
  const o = soft || hush ? 'е' : 'о'
  const singular = feminineOne ? `${o}й ${soft ? 'юю' : 'ую'}` : `${o}го ${o}му ${y}м ${o}м`
  return withEndings(stem, `${singular} ${y}е ${y}х ${y}м ${y}ми`)
}

/** The usual nominative plural of a noun that stands alone; vowels that come and go are the caller's business. */
export function usualPlural(noun: string): string {
  const base = noun.slice(0, -1)
  if (/.[её]нок$/u.test(noun) && noun !== 'щенок') return `${noun.slice(0, -4)}ята`
  if (/[жчш]онок$/u.test(noun)) return `${noun.slice(0, -4)}ата`
  if (noun.endsWith('ок')) return `${noun.slice(0, -2)}ки`
  if (noun.endsWith('ец')) return `${noun.slice(0, -2)}цы`
  if (endsWithOneOf(noun, hushers + velars)) return `${noun}и`
  if (isConsonant(noun.at(-1))) return `${noun}ы`
  if (noun.endsWith('а')) return `${base}${endsWithOneOf(base, hushers + velars) ? 'и' : 'ы'}`
  if (/[ьйя]$/u.test(noun)) return `${base}и`
  if (noun.endsWith('о')) return `${base}${base.endsWith('к') ? 'и' : 'а'}`
  return `${base}${endsWithOneOf(base, `${hushers}ц`) ? 'а' : 'я'}`
}
