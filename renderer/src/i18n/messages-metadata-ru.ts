/** What the settings say of labels, stars, titles, dates and places for other programs, in Russian. */
export const russianMetadata = {
  metadata: {
    title: 'Для других программ',
    about:
      'Метки, альбомы, звёзды, названия, заметки, даты и места всех фотографий — для digiKam, Lightroom, таблицы или для вас.',
    format: 'Записать как',
    formatHint: 'Файлы .xmp — по одному на фотографию, в папках, как у вас.',
    formatName: { xmp: 'Файлы XMP', csv: 'Таблица (CSV)', json: 'Файл JSON' },
    folder: 'Папка',
    choose: 'Выбрать…',
    chooseTitle: 'Выберите, куда записать',
    chooseHint: 'Папку вне ваших фотографий.',
    export: 'Экспортировать',
    stop: 'Остановить',
    running: 'Идёт экспорт',
    done: 'Экспортирована {n} фотография в {to} | Экспортированы {n} фотографии в {to} | Экспортировано {n} фотографий в {to}',
    stopped:
      'Остановлено после {n} фотографии | Остановлено после {n} фотографий | Остановлено после {n} фотографий',
    counts: 'файлов записано: {written}, без изменений: {unchanged}, с ошибкой: {failed}',
  },
}
