/** Makes the strings that `any-text.ts` asks for: sensible, senseless and nasty ones, the same for the same seed. */

const real = {
  labels: [
    'dog',
    'cat',
    'bird',
    'animal',
    'hot dog',
    'crane',
    'crane (bird)',
    'vehicle',
    'black swan',
    'plant',
  ],
  russian: [
    'собака',
    'кошек',
    'животное',
    'чёрный лебедь',
    'птица',
    'без собак',
    'июль 2019',
    'кошка или собака',
  ],
  names: [
    'img',
    'IMG_12',
    'pictures',
    'pictures 2015',
    'beach',
    'garden 12',
    '2015',
    'img pictures',
    '0001',
    'dsc',
  ],
  dates: [
    '2015',
    '2012..2014',
    '14.07.2019',
    'before:2010',
    'since:2012',
    'july 2016',
    '..2008',
    'has:date',
    '9999',
  ],
  unknown: [
    'zzz',
    'pe',
    'sunsett',
    'xylophon',
    'щщщ',
    'qwertyuiop',
    'abcdefghijklmnopqrstuvwxyzabcdefghijklmn',
  ],
}
const operators = [
  'label',
  'category',
  'folder',
  'camera',
  'place',
  'near',
  'type',
  'year',
  'before',
  'after',
  'since',
  'until',
  'has',
  'is',
  'confidence',
  'name',
  'keyword',
  'метка',
  'папка',
  'уверенность',
  'есть',
  'это',
]
const values = [
  [
    'dog',
    'class:5',
    'category:animal',
    'own:1',
    '2015',
    '2015-07',
    'canon',
    'pictures',
    'jpeg',
    'heic',
    'img',
  ],
  ['place', 'camera', 'keywords', 'date', 'untagged', 'copy', 'problem', 'pending', 'confirmed', 'damaged'],
  [
    'offline',
    '>0.9',
    '<0.3',
    '>60%',
    '<=1',
    '0',
    '101',
    '-1',
    'NaN',
    '""',
    '"',
    '*',
    '(',
    '\0',
    '\ud800',
    'é',
    'x',
  ],
].flat()
/** What means something to the full text search of the database, or to its language. */
const meta = [
  '"',
  '*',
  '^',
  'NEAR(a b, 3)',
  'AND',
  'OR',
  'NOT',
  'name :',
  '{name keywords} :',
  "'; DROP TABLE photo--",
]
const strange = [
  [
    '\ud800',
    '\udfff',
    '\udc00\ud800',
    '\0',
    '\u202e',
    '\u200d',
    '\ufeff',
    '\u0301',
    '\u{1f469}\u200d\u{1f466}',
  ],
  [
    'עברית',
    'العربية',
    '日本語',
    '한국어',
    'हिन्दी',
    'ß',
    'İ',
    'ŉ',
    'ﷺ',
    '\u{10ffff}',
    'ａｂ',
    '½',
    '\u2028',
    '𝔡𝔬𝔤',
  ],
  [
    '🐕',
    ':',
    '：',
    '-',
    '–',
    '!',
    '|',
    '&',
    ',',
    '(',
    ')',
    '..',
    '%',
    '{x}',
    '\\',
    '/',
    '\t',
    '\n',
    '\u00a0',
    '`',
  ],
].flat()
const links = [' ', ' ', ' or ', ' & ', ' | ', ', ', ' -', ' not ', ' или ', ' без ', '']

/** Strings known to ask for much; they are always tried. */
const known: readonly string[] = [
  [
    '',
    'a',
    'pe',
    'img',
    'pictures',
    '2015',
    'animal',
    '-animal',
    'animal -dog',
    'has:place animal',
    'animal 2019',
  ],
  [
    'animal confidence:>0.9',
    'confidence:>0.9',
    'confidence:<0.3',
    'confidence:0',
    'dog or vehicle',
    'dog or cat',
  ],
  [
    'folder:2015 animal',
    'folder:pictures animal 2012..2014',
    'folder:beach animal',
    'camera:canon',
    'camera:i',
  ],
  ['type:jpeg', '-type:jpeg', 'has:place', '-has:place', 'has:camera or has:place', 'has:date', '-has:date'],
  [
    'is:untagged',
    '-is:untagged',
    'is:copy',
    '-is:copy',
    'is:confirmed',
    'is:problem',
    'is:pending',
    'is:offline',
  ],
  [
    '2012..2014 or animal',
    'img or animal',
    'img animal',
    '-img',
    'name:img',
    'name:img animal -dog',
    'keyword:beach',
  ],
  [
    'img pictures',
    '"img pictures"',
    '"pictures img pictures img pictures img"',
    '"pictures 2015"',
    'pic',
    'bea',
  ],
  ['"img beach" "pictures img" "beach pictures" "img garden" "img zoo" "img lake" "img walk" "img market"'],
].flat()

const repeated = (one: (at: number) => string, times: number, between: string): string =>
  Array.from({ length: times }, (_, at) => one(at)).join(between)

const long: readonly string[] = [
  repeated(() => 'dog', 500, ' '),
  repeated((at) => `-label:class:${at}`, 300, ' '),
  repeated((at) => `label:class:${at}`, 300, ' or '),
  repeated(
    (at) => `label:category:${['animal', 'vehicle', 'dog', 'bird', 'food'][at % 5] ?? ''}`,
    40,
    ' or ',
  ),
  repeated((at) => `confidence:>${at % 100}%`, 40, ' '),
  repeated((at) => `animal or label:class:${at}`, 16, ' & '),
  repeated((at) => `-name:img${at}`, 150, ' '),
  repeated((at) => `zzz${at}`, 200, ' '),
  repeated((at) => `"img pictures ${2004 + at}"`, 20, ' '),
  `"${repeated(() => 'img pictures', 150, ' ')}"`,
  repeated((at) => `${2004 + (at % 20)} or has:place`, 16, ' & '),
  repeated(() => 'x'.repeat(499), 20, ' '),
  'x'.repeat(1_000_000),
  ' '.repeat(1_000_000),
  '"'.repeat(100_000),
  '(-'.repeat(100_000),
  '\u0301'.repeat(100_000),
  'label:'.repeat(50_000),
  'a:b '.repeat(50_000),
]

/** @param random 0 to below 1 */
export function oddStrings(count: number, random: () => number): string[] {
  const below = (limit: number): number => Math.floor(random() * limit)
  const any = <Value>(from: readonly Value[]): Value => from[below(from.length)] as Value
  const word = (): string => any(any(Object.values(real)))
  const noise = (length: number): string =>
    String.fromCharCode(...Array.from({ length }, () => below(random() < 0.5 ? 0x250 : 0x10000)))
  const points = (length: number): string =>
    String.fromCodePoint(...Array.from({ length }, () => below(0x110000)))
  const asked = (): string => `${any(operators)}${any([':', ':', ': ', '：', ''])}${any([...values, word()])}`
  const quoted = (): string =>
    any(['"', '«', '“']) + repeated(word, 1 + below(5), ' ') + any(['"', '»', '”', ''])
  const piece = (): string =>
    any([word, word, asked, asked, quoted, () => any(strange), () => any(meta), () => noise(1 + below(8))])()
  const kinds: readonly (() => string)[] = [
    word,
    asked,
    quoted,
    () => word().slice(0, 1 + below(4)),
    () => repeated(piece, 1 + below(6), any(links)),
    () => Array.from({ length: 1 + below(8) }, () => piece() + any(links)).join(''),
    () => repeated(piece, 10 + below(60), any(links)),
    () =>
      any(['', '-']) + repeated(() => `label:class:${below(1000)}`, 2 + below(60), any([' or ', ' -', ' '])),
    () => repeated(word, 2 + below(30), ' or '),
    () => repeated(() => `-${asked()}`, 2 + below(30), ' '),
    () => `"${repeated(() => any(real.names), 2 + below(8), ' ')}"`,
    () => noise(below(60)),
    () => points(below(60)),
    () => any([...strange, ...meta]).repeat(below(5000)),
    () => noise(5000 + below(20_000)),
  ]
  const made = Array.from({ length: Math.max(0, count - known.length - long.length) }, () => any(kinds)())
  return [...known, ...long, ...made].slice(0, Math.max(count, 1))
}
