import type { englishWall } from './messages-wall-en.ts'

/** What is said of how the wall shows photos, in Russian. */
export const russianWall: typeof englishWall = {
  days: {
    label: 'Дни',
    select: 'Выбрать {day}',
  },
  periods: {
    label: 'Масштаб времени',
    view: { days: 'Дни', months: 'Месяцы', years: 'Годы' },
  },
  wallShape: {
    label: 'Форма миниатюр',
    whole: 'Фотография целиком',
    square: 'Квадрат',
    showWhole: 'Показывать фотографии целиком',
    showSquare: 'Показывать квадраты',
  },
}
