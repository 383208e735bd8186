import { calendarWords, weekend, workdays, type WordTable } from './date-word.ts'

/** A stem with each of these endings; `-` is none. */
const forms = (stem: string, endings: string): string =>
  endings
    .split(' ')
    .map((ending) => stem + (ending === '-' ? '' : ending))
    .join(' ')

const like = {
  month: (stem: string) => forms(stem, 'ь я ю ем е'),
  august: (stem: string) => forms(stem, '- а у ом е'),
  monday: (stem: string) => forms(stem, '- а у ом е и ов ам ами ах'),
  wednesday: (stem: string) => forms(stem, 'а ы е у ой - ам ами ах'),
  last: (stem: string) => forms(stem, 'ый ая ое ого ой ому ую ым ом ые ых ыми'),
}

/** Words of Russian dates in all their forms; ё is е, as everywhere words are compared. */
export const russian: WordTable = [
  ...calendarWords({
    months: [
      like.month('январ'),
      like.month('феврал'),
      like.august('март'),
      like.month('апрел'),
      forms('ма', 'й я ю ем е'),
      like.month('июн'),
      like.month('июл'),
      like.august('август'),
      like.month('сентябр'),
      like.month('октябр'),
      like.month('ноябр'),
      like.month('декабр'),
    ],
    shortMonths: ['янв', 'фев', 'мар', 'апр', '', 'июн', 'июл', 'авг', 'сен сент', 'окт', 'ноя нояб', 'дек'],
    weekdays: [
      like.monday('понедельник'),
      like.monday('вторник'),
      like.wednesday('сред'),
      like.monday('четверг'),
      forms('пятниц', 'а ы е у ей - ам ами ах'),
      like.wednesday('суббот'),
      forms('воскресен', 'ье ья ью ьем ий ьям ьями ьях'),
    ],
    seasons: {
      winter: forms('зим', 'а ы е у ой ою'),
      spring: forms('весн', 'а ы е у ой ою'),
      summer: forms('лет', 'о а у ом е'),
      autumn: forms('осен', 'ь и ью'),
    },
    units: {
      day: 'день дня дню дне дни дней дням днями днях',
      week: forms('недел', 'я и е ю ей ь ям ями ях'),
      month: forms('месяц', '- а у ем е ы ев ам ами ах'),
      year: `${forms('год', '- а у ом е ы ов ам ами ах')} лет`,
    },
    counts: ['один одну', 'два две', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять'],
    decades: [
      'двадцат',
      'тридцат',
      'сороков',
      'пятидесят',
      'шестидесят',
      'семидесят',
      'восьмидесят',
      'девяност',
    ].map((stem) => forms(stem, 'ые ых ым ыми')),
  }),
  [forms('выходн', 'ой ого ому ым ом ые ых ыми'), { days: weekend }],
  ['будни будней будням буднями буднях', { days: workdays }],
  ['сегодня', { ago: 0 }],
  ['вчера', { ago: 1 }],
  ['позавчера', { ago: 2 }],
  [like.last('прошл'), { which: 'last' }],
  [forms('последн', 'ий яя ее его ей ему юю ею им ем ие их ими'), { which: 'last' }],
  [like.last('позапрошл'), { which: 'beforeLast' }],
  ['этот эта это этого этой этому эту этим этом эти этих этими', { which: 'this' }],
  ['назад', { role: ['ago'] }],
  ['утро утром утрам', { part: { from: 5, until: 12 } }],
  ['днем', { part: { from: 12, until: 17 } }],
  ['вечер вечером вечерам', { part: { from: 17, until: 22 } }],
  ['ночь ночью ночам', { part: { from: 22, until: 5 } }],
  ['год года году г годы годов годах гг', { role: ['yearMark'] }],
  ['с со', { role: ['from', 'since'] }],
  // "фото от 14 июля" is of that day, not since.
  ['от', { role: ['from'] }],
  ['между', { role: ['between'] }],
  ['по', { role: ['to', 'by'] }],
  ['до', { role: ['to', 'before'] }],
  ['и', { role: ['and'] }],
  ['за', { role: ['during'] }],
  ['раньше', { role: ['before'] }],
  ['после позже', { role: ['after'] }],
]
