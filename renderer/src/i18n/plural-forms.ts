const russian = new Intl.PluralRules('ru')

/** Which of "фотография | фотографии | фотографий" goes with a number; with two forms, one and many. */
export function russianForm(count: number, forms: number): number {
  const category = russian.select(Math.abs(count))
  if (category === 'one') return 0
  return category === 'few' && forms > 2 ? 1 : forms - 1
}
