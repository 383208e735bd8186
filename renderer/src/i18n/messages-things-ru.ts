import type { englishThings } from './messages-things-en.ts'

/** What is said of the page of things and of the rail's things, in Russian. */
export const russianThings: typeof englishThings = {
  things: {
    title: 'Что на снимках',
    all: 'Показать всё…',
    find: 'Найти по названию',
    clear: 'Очистить',
    own: 'Ваши метки',
    ownMark: 'ваша метка',
    rest: 'Всё остальное',
    photos: '{n} фотография | {n} фотографии | {n} фотографий',
    showAll: 'Показать все: {n}',
    found: 'Найдено: {n} | Найдено: {n} | Найдено: {n}',
    none: 'Ни на одной фотографии нет «{text}».',
    searchFor: 'Искать «{text}» среди всех фотографий',
    nothingYet: 'Пока ничего не распознано',
    nothingYetHint: 'Когда Kartoteka просмотрит ваши фотографии, здесь соберётся всё, что на них есть.',
    refines: 'Щелчок добавит к запросу «{text}». {key}+щелчок — только это.',
    startAnew: 'Сбросить запрос',
    pin: 'Закрепить на боковой панели',
    unpin: 'Убрать с боковой панели',
    pinned: 'закреплено',
  },
}
