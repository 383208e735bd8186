/** Dictionary forms a word may be a plural or case form of. */

/** The word itself first, then every other form it may come from; most of them are no words at all. */
export function baseForms(word: string): string[] {
  const others = /[а-я]/u.test(word) ? russianBases(word) : englishBases(word)
  return [word, ...others]
}

const englishIrregular: Readonly<Record<string, string>> = {
  mice: 'mouse',
  lice: 'louse',
  geese: 'goose',
  oxen: 'ox',
  teeth: 'tooth',
  feet: 'foot',
  children: 'child',
  men: 'man',
  women: 'woman',
  people: 'person',
  fungi: 'fungus',
  cacti: 'cactus',
  octopi: 'octopus',
  larvae: 'larva',
  data: 'datum',
}

function englishBases(word: string): string[] {
  const irregular = englishIrregular[word]
  if (irregular !== undefined) return [irregular]
  const isShort = word.length < 4 && !/^[^aeiou]{2}s$/u.test(word)
  if (isShort || !word.endsWith('s') || word.endsWith('ss')) {
    const compound = /^(.+)(men|women|mice|lice|geese)$/u.exec(word)
    if (compound?.[1] !== undefined && compound[2] !== undefined)
      return [compound[1] + (englishIrregular[compound[2]] ?? '')]
    return []
  }
  const stem = word.slice(0, -1)
  const bases = [stem]
  if (stem.endsWith('ie')) bases.push(`${stem.slice(0, -2)}y`)
  if (stem.endsWith('ve')) bases.push(`${stem.slice(0, -2)}f`, `${stem.slice(0, -2)}fe`)
  if (/(?:[sxzo]|ch|sh)e$/u.test(stem)) bases.push(stem.slice(0, -1))
  if (/(?:ss|zz)e$/u.test(stem)) bases.push(stem.slice(0, -2))
  return bases
}

/**
 * Russian endings by the ending of the dictionary form: [dictionary endings, endings of the other forms].
 * Overgenerates on purpose; only forms that are known names count.
 */
const russianPatterns: readonly (readonly [string, string])[] = [
  // nouns: кот, медведь, музей · собака, неделя, станция · окно, поле, здание · мышь
  ['', 'а у ом ем е ы и ов ев ей ам ами ах'],
  ['ь', 'я ю ем е и ей ям ями ях ью ам ами ах'],
  ['й', 'я ю ем е и ев ям ями ях'],
  ['а', 'ы и е у ой ою ей ею ам ами ах -'],
  ['я', 'и е ю ей ею ям ями ях ь й'],
  ['о', 'а у ом е и ам ами ах -'],
  ['е', 'я ю ем и ей ям ями ях а у ам ами ах й -'],
  ['ы', 'ов ам ами ах'],
  ['и', '- ов ев ей ам ами ах ям ями ях ь'],
  // adjectives: белый, синий, морской
  ['ый ий ой', 'ого его ому ему ым им ом ем ая яя ую юю ое ее ой ей ою ею ые ие ых их ыми ими'],
  ['ая яя', 'ой ей ую юю ою ею ые ие ых их ым им ыми ими'],
  ['ое ее', 'ого его ому ему ым им ом ем ые ие ых их ыми ими'],
  ['ые ие', 'ых их ым им ыми ими'],
  // лисий, медвежья
  ['ий', 'ьего ьему ьим ьем ья ью ьей ье ьи ьих ьими'],
  ['ья', 'ьей ью ьи ьих ьим ьими'],
]

/** Ending of a form → endings of the dictionary forms it may belong to. */
const russianEndings: ReadonlyMap<string, readonly string[]> = (() => {
  const bases = new Map<string, string[]>()
  for (const [dictionary, others] of russianPatterns) {
    for (const base of dictionary.split(' ')) {
      for (const other of others.split(' ')) {
        const ending = other === '-' ? '' : other
        const known = bases.get(ending)
        if (known === undefined) bases.set(ending, [base])
        else if (!known.includes(base)) known.push(base)
      }
    }
  }
  return bases
})()

const vowels = 'аеиоуыэюя'

/**
 * Hard nouns take ы and о, but и after к г х ж ч ш щ and е after ж ч ш щ ц; so воли is no form of вол. Of those in -о
 * only -ко has и (яблоки), of those in -ь only hushers have а (мышам), of those in -е only -ще has nothing (жилищ).
 */
function isSpelt(stem: string, ending: string, dictionary: string): boolean {
  const last = stem.at(-1) ?? ''
  if (dictionary === 'ь' && ending.startsWith('а')) return 'жчшщ'.includes(last)
  if (dictionary === 'е' && ending === '') return last === 'щ'
  if (dictionary === 'о' && ending === 'и') return last === 'к'
  if (!['', 'а', 'о'].includes(dictionary)) return true
  if (ending.startsWith('и')) return 'кгхжчшщь'.includes(last)
  if (ending.startsWith('ы')) return !'кгхжчшщ'.includes(last)
  if (['ем', 'ев', 'ей', 'ею'].includes(ending)) return 'жчшщць'.includes(last)
  return true
}

function russianBases(word: string): string[] {
  const bases = new Set<string>()
  for (let length = 0; length <= Math.min(4, word.length - 2); length++) {
    const stem = word.slice(0, word.length - length)
    const dictionary = russianEndings.get(word.slice(word.length - length))
    if (dictionary === undefined) continue
    for (const ending of dictionary) {
      if (!isSpelt(stem, word.slice(stem.length), ending)) continue
      bases.add(stem + ending)
      // Vowels that come and go.
      if (ending === 'й' && stem.endsWith('ь')) bases.add(`${stem.slice(0, -1)}ей`)
      if (ending === '' || ending === 'ь') for (const filled of withVowel(stem)) bases.add(filled + ending)
    }
  }
  for (const noun of fromGenitivePlural(word)) bases.add(noun)
  for (const young of youngAnimal(word)) bases.add(young)
  for (const collective of softPlural(word)) bases.add(collective)
  bases.delete(word)
  return [...bases]
}

/** щенк → щенок, щенек; льв → лев; зайц → заяц; орл → орел. */
function withVowel(stem: string): string[] {
  const last = stem.at(-1) ?? ''
  const before = stem.at(-2) ?? ''
  if (stem.length < 2) return []
  if (vowels.includes(last) || vowels.includes(before)) return []
  const front = before === 'ь' || before === 'й' ? stem.slice(0, -2) : stem.slice(0, -1)
  return [
    `${front}о${last}`,
    `${front}е${last}`,
    ...(before === 'й' && last === 'ц' ? [`${front}я${last}`] : []),
  ]
}

/** кошек → кошка, окон → окно, башен → башня, кухонь → кухня, скамеек → скамейка, писем → письмо; солнц → солнце. */
function fromGenitivePlural(word: string): string[] {
  const stem = word.replace(/ь$/u, '')
  const last = stem.at(-1) ?? ''
  const vowel = stem.at(-2) ?? ''
  const bare = last === 'ц' ? [stem] : []
  if (stem.length > 2 && !vowels.includes(last) && 'оеи'.includes(vowel)) {
    const front = stem.slice(0, -2)
    bare.push(front + last, `${front}ь${last}`, `${front}й${last}`)
  }
  return bare.flatMap((start) => ['а', 'я', 'о', 'е'].map((ending) => start + ending))
}

/** котята → котенок, щенят → щенок, медвежатам → медвежонок. */
function youngAnimal(word: string): string[] {
  const match = /^(.{2,})(ят|ат)(?:а|ам|ами|ах)?$/u.exec(word)
  if (match?.[1] === undefined) return []
  return [`${match[1]}енок`, `${match[1]}онок`, `${match[1]}ок`]
}

/** стулья → стул, деревьями → дерево, перьев → перо, листья → лист, платьев → платье. */
function softPlural(word: string): string[] {
  const match = /^(.{2,})ь(?:я|ев|ям|ями|ях)$/u.exec(word)
  if (match?.[1] === undefined) return []
  return [match[1], `${match[1]}о`, `${match[1]}ье`, `${match[1]}ь`]
}
