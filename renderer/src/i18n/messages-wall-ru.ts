import type { englishWall } from './messages-wall-en.ts'

/** What is said of how the wall shows photos, in Russian. */
export const russianWall: typeof englishWall = {
  days: {
    label: 'Дни',
    select: 'Выбрать {day}',
  },
  wallShape: {
    label: 'Форма миниатюр',
    whole: 'Фотография целиком',
    square: 'Квадрат',
    showWhole: 'Показывать фотографии целиком',
    showSquare: 'Показывать квадраты',
  },
}
