import type { englishFirstRun } from './messages-first-run-en.ts'

/** What is said when the library is empty, and of the first finds, in Russian. */
export const russianFirstRun: typeof englishFirstRun = {
  first: {
    title: 'Находите фотографии по тому, что на них',
    lead: 'Kartoteka просмотрит каждую фотографию и запомнит, что на ней. После этого «собака», «пляж 2019» или «гитара» находятся мгновенно.',
    promise: 'Оригиналы никогда не изменяются, и ничего не покидает этот компьютер.',
    folders: 'Где лежат ваши фотографии?',
    drop: 'Перетащите сюда папки или',
    chosen: 'Выбранные папки',
    choose: 'Выбрать папки…',
    another: 'Ещё папка…',
    noPhotos: 'фотографий не видно',
    start: 'Начать',
    example: 'пляж',
    finds: 'Уже нашлось',
    findsHint: 'Просмотр продолжается, а это можно попробовать уже сейчас.',
    findsAway: 'Закрыть',
  },
}
