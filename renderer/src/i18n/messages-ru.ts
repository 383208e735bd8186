import type { en } from './messages-en.ts'
import { russianActions } from './messages-actions-ru.ts'
import { russianFolders } from './messages-folders-ru.ts'
import { russianSearch } from './messages-search-ru.ts'
import { russianSettings } from './messages-settings-ru.ts'
import { russianDuplicates } from './messages-duplicates-ru.ts'
import { russianStacks } from './messages-stacks-ru.ts'
import { russianDating } from './messages-dating-ru.ts'
import { russianMap } from './messages-map-ru.ts'
import { russianMetadata } from './messages-metadata-ru.ts'
import { russianLook } from './messages-look-ru.ts'
import { russianCopies } from './messages-copies-ru.ts'
import { russianSaid } from './messages-said-ru.ts'
import { russianWall } from './messages-wall-ru.ts'
import { russianAlbums } from './messages-albums-ru.ts'
import { russianNetworks } from './messages-networks-ru.ts'
import { russianTeaching } from './messages-teaching-ru.ts'
import { russianViewing } from './messages-viewing-ru.ts'
import { russianOtherFiles } from './messages-other-files-ru.ts'
import { russianThings } from './messages-things-ru.ts'
import { russianFirstRun } from './messages-first-run-ru.ts'
import { russianTroubles } from './messages-troubles-ru.ts'

/** Every sentence of the window in Russian. Forms of a number: одна | две | пять. */
export const ru: typeof en = {
  action: {
    cancel: 'Отмена',
    close: 'Закрыть',
    dismiss: 'Скрыть',
  },
  opening: {
    title: 'Библиотека открывается…',
    again: 'Попробовать ещё раз',
  },
  detail: {
    show: 'Подробности',
  },
  rail: {
    label: 'Библиотека',
    skip: 'Перейти к фотографиям',
    hide: 'Скрыть боковую панель',
    show: 'Показать боковую панель',
    allPhotos: 'Все фотографии',
    hidden: 'Скрытые',
    hiddenQuery: 'это:скрыто',
    problems: 'Проблемы',
    folders: 'Папки',
    fewer: 'Показать меньше',
    only: 'только это',
    refineHint: 'Щелчок — добавить к запросу, {key}+щелчок — только это.',
    onlyHint: 'Щелчок — только это.',
    menu: { only: 'Только это', add: 'Добавить к запросу', without: 'Исключить из запроса' },
  },
  wall: {
    undated: 'Без даты',
    datedByFile: 'Дата файла: у самого снимка её нет',
    loading: 'Фотография загружается',
    untagged: 'ничего не распознано',
    pending: 'ещё не распознано',
    failed: 'Эту фотографию не удалось прочитать',
    files: '{n} файл | {n} файла | {n} файлов',
    offline: 'Диск с этой фотографией не подключён',
    damaged: 'Файл повреждён',
    possibly: 'возможно, {label} {share}',
    guess: 'похоже на «{label}»',
    scrubber: 'Перейти к другому времени',
    pixels: '{n} пикс.',
    size: 'Размер миниатюр',
  },
  empty: {
    nothingFound: 'По запросу «{text}» ничего не найдено',
    noPhotos: 'Фотографий пока нет',
    soon: 'Они появятся здесь, как только будут найдены.',
    addHint: 'Добавьте папку с фотографиями или просмотрите папки ещё раз.',
    otherWords: 'Попробуйте другие слова или меньше слов.',
    lowerConfidence: 'Попробуйте другие слова или снизьте уверенность.',
    nearest: 'Похожие запросы, по которым что-то есть:',
    showAll: 'Показать все фотографии',
    loosen: 'Искать без «{text}»',
  },
  viewer: {
    back: 'Назад к фотографиям',
    previous: 'Предыдущая фотография',
    next: 'Следующая фотография',
    zoomIn: 'Увеличить',
    zoomOut: 'Уменьшить',
    fit: 'Вписать в окно',
    info: 'Сведения',
    strip: 'Соседние фотографии',
    countOf: '{at} из {all}',
    tags: 'Что на снимке',
    because: 'Почему найдено',
    yourLabels: 'Ваши метки',
    facts: 'О фотографии',
    where: 'Показать, где это видно',
    heat: 'Где на снимке видно «{label}»',
    noHeat: 'Показать, где это видно, не удалось.',
    noDetails: 'Сведения об этой фотографии прочитать не удалось.',
    possibly: 'возможно, {label}',
    taught: 'Выученные слова',
    unsure: 'Не точно',
    more: 'ещё {n} | ещё {n} | ещё {n}',
    moreUnsure: 'ещё {n}, не точно | ещё {n}, не точно | ещё {n}, не точно',
    guesses: '{n} догадка, не точно | {n} догадки, все не точно | {n} догадок, все не точно',
    albums: 'Альбомы с этой фотографией',
    showAlbum: 'Открыть альбом «{name}»',
    notYet: 'Эта фотография ещё не распознана.',
    addLabel: 'Добавить метку',
    confirm: 'Да, это «{label}»',
    remove: 'Нет, это не «{label}»',
    takeBack: 'Отменить ваше решение о метке «{label}»',
    verdict: { confirmed: 'подтверждено вами', removed: 'убрано вами', added: 'добавлено вами' },
    date: 'Дата',
    from: {
      person: 'указано вами',
      file: 'по данным файла',
      sidecar: 'из заметок рядом с фотографией (.xmp)',
      xmp: 'из описания фотографии (XMP)',
      exif: 'по данным камеры',
      iptc: 'из описания фотографии (IPTC)',
      container: 'записана в самом файле',
      'file-name': 'из имени файла',
      'folder-name': 'из имени папки',
      modified: 'последнее изменение, другой даты у снимка нет',
      'file-time': 'дата файла, у самого снимка даты нет',
    },
    camera: 'Камера и объектив',
    exposure: 'Экспозиция',
    place: 'Место',
    findPlace: 'Все фотографии: {place}',
    away: '{kilometres} км до центра: {town}',
    keywords: 'Ключевые слова в файле',
    file: 'Файл',
    extensionMismatch: 'Назван .{ending}, но содержимое — {format}.',
    moreFiles: 'Другие файлы этой фотографии',
    moreFilesCount:
      'ещё {n} файл этой фотографии | ещё {n} файла этой фотографии | ещё {n} файлов этой фотографии',
    presence: {
      offline: 'не подключён',
      missing: 'больше нет на месте',
      removed: 'папка убрана',
    },
    copied: 'Путь скопирован.',
    notCopied: 'Путь не удалось скопировать. Выделите его и скопируйте вручную.',
  },
  label: {
    make: 'Новая метка «{name}»',
    unknown: 'Такой метки нет.',
    rename: 'Переименовать «{name}»',
    delete: 'Удалить метку «{name}»',
    deleted: 'Метка «{label}» удалена.',
    renameTitle: 'Переименовать «{name}»',
    renameDo: 'Переименовать',
    newName: 'Новое название',
    renamed: 'Метка «{from}» теперь называется «{to}».',
    merged: 'Метки «{from}» и «{to}» объединены в «{to}».',
    mergeQuestion:
      'Метка «{name}» уже есть ({photos}). Если объединить, останется одна метка; это можно отменить.',
    mergeDo: 'Объединить',
    pageHint:
      'Слова, которые вы сами дали фотографиям. Новое название действует для всех; удалённая метка снимается с них.',
    noneYet: 'Своих меток пока нет. Выберите фотографии и нажмите L, чтобы добавить.',
  },
  decision: {
    confirmed:
      'Метка «{label}» подтверждена на {n} фотографии. | Метка «{label}» подтверждена на {n} фотографиях. | Метка «{label}» подтверждена на {n} фотографиях.',
    removed:
      'Метка «{label}» убрана с {n} фотографии. | Метка «{label}» убрана с {n} фотографий. | Метка «{label}» убрана с {n} фотографий.',
    added:
      'Метка «{label}» добавлена к {n} фотографии. | Метка «{label}» добавлена к {n} фотографиям. | Метка «{label}» добавлена к {n} фотографиям.',
    clear: 'Снова как распознано: «{label}».',
    undo: 'Отменить',
    redo: 'Повторить',
    unchanged: 'Ничего не изменилось: с меткой «{label}» так уже и было.',
    undone: 'Отменено.',
    turned:
      'Повёрнута {n} фотография. Файл остаётся как был. | Повёрнуты {n} фотографии. Файлы остаются как были. | Повёрнуто {n} фотографий. Файлы остаются как были.',
    redone: 'Повторено.',
  },
  batch: {
    label: 'Выбранные фотографии',
    selected: 'Выбрана {n} | Выбрано {n} | Выбрано {n}',
    trashed:
      '{n} фотография перемещена в корзину. | {n} фотографии перемещены в корзину. | {n} фотографий перемещено в корзину.',
    trashedFiles:
      '{n} файл перемещён в корзину. Копия фотографии осталась. | {n} файла перемещены в корзину. Копии фотографий остались. | {n} файлов перемещено в корзину. Копии фотографий остались.',
    labels: 'Метки выбранных фотографий',
    labelOf: '{n} из {all}',
    decided: 'указано вами',
    confirmOn:
      'Подтвердить «{label}» на {n} фотографии | Подтвердить «{label}» на {n} фотографиях | Подтвердить «{label}» на {n} фотографиях',
    removeFrom:
      'Убрать «{label}» с {n} фотографии | Убрать «{label}» с {n} фотографий | Убрать «{label}» с {n} фотографий',
    leftOut: 'При поиске не учтено: {words}.',
    labelAnyway: {
      confirmed:
        'Всё равно подтвердить «{label}» на {n} фотографии? | Всё равно подтвердить «{label}» на {n} фотографиях? | Всё равно подтвердить «{label}» на {n} фотографиях?',
      removed:
        'Всё равно убрать «{label}» с {n} фотографии? | Всё равно убрать «{label}» с {n} фотографий? | Всё равно убрать «{label}» с {n} фотографий?',
      added:
        'Всё равно добавить «{label}» к {n} фотографии? | Всё равно добавить «{label}» к {n} фотографиям? | Всё равно добавить «{label}» к {n} фотографиям?',
    },
    trashAnyway:
      'Всё равно переместить {n} фотографию в корзину? | Всё равно переместить {n} фотографии в корзину? | Всё равно переместить {n} фотографий в корзину?',
  },
  indexing: {
    label: 'Индексирование',
    progress: 'Ход индексирования',
    phase: {
      idle: 'Всё просмотрено',
      scanning: 'Поиск фотографий…',
      indexing: 'Просмотр фотографий…',
      paused: 'Приостановлено',
      stopping: 'Остановка…',
      pausing: 'Приостановка…',
    },
    told: {
      paused: 'Индексирование приостановлено.',
      resumed: 'Индексирование продолжается.',
      finished: 'Индексирование закончено.',
      endedEarly: 'Индексирование прервано.',
    },
    onBattery: 'Компьютер работает от батареи.',
    endedEarly: 'Остановлено раньше времени. Сделанное сохранено.',
    found: 'найдена {n} фотография | найдено {n} фотографии | найдено {n} фотографий',
    doneOf: '{done} из {all}',
    finishing: 'Дочитывается {n} фотография | Дочитываются {n} фотографии | Дочитывается {n} фотографий',
    failed: '{n} с проблемой | {n} с проблемами | {n} с проблемами',
    rate: '{n} в секунду',
    left: 'осталось около {time}',
    pause: 'Приостановить',
    resume: 'Продолжить',
    stop: 'Остановить',
  },
  problems: {
    title: 'Проблемы',
    count:
      '{n} файл не удалось использовать. | {n} файла не удалось использовать. | {n} файлов не удалось использовать.',
    none: 'Все фотографии удалось прочитать.',
    retry: 'Ещё раз',
    retryAll: 'Попробовать все ещё раз',
    retryNamed: 'Попробовать {name} ещё раз',
    retrying: '{n} файл читается ещё раз. | {n} файла читаются ещё раз. | {n} файлов читаются ещё раз.',
    showNamed: 'Показать {name} в папке',
  },
  notice: {
    label: 'Уведомления',
    messages: 'Сообщения',
    code: {
      'library-on-network': 'Библиотека находится на сетевом диске. Надёжнее держать её на этом компьютере.',
      'library-not-private': 'Возможно, библиотеку могут прочитать другие пользователи этого компьютера.',
      'library-restored': 'Библиотека восстановлена из резервной копии.',
      'library-damaged': 'Библиотека повреждена. Лучше вернуться к резервной копии.',
      'thumbnails-rebuilt': 'Миниатюры создаются заново.',
      'watch-limited': 'Не за всеми папками удаётся следить. Просматривайте их время от времени сами.',
      'folders-untrusted': 'Эта библиотека создана на другом компьютере. Просмотреть её папки?',
      'folder-offline': 'Папка не подключена. Её фотографии и метки сохранены и вернутся вместе с ней.',
      'disk-full': 'Диск заполнен. Освободите место, и просмотр продолжится.',
      'sidecars-failed': 'Не удалось записать файл XMP рядом с фотографией. Kartoteka попробует ещё раз.',
      'provider-failed': 'Выбранный процессор не работает.',
      'service-restarted': 'Фоновую службу Kartoteka пришлось перезапустить. Ничего не потеряно.',
      'model-missing': 'Нет модели.',
    },
  },
  ...russianActions,
  ...russianFolders,
  ...russianSearch,
  ...russianSettings,
  ...russianDating,
  ...russianMap,
  ...russianMetadata,
  ...russianLook,
  ...russianCopies,
  ...russianSaid,
  ...russianAlbums,
  ...russianDuplicates,
  ...russianStacks,
  ...russianNetworks,
  ...russianTeaching,
  ...russianViewing,
  ...russianWall,
  ...russianThings,
  ...russianOtherFiles,
  ...russianFirstRun,
  ...russianTroubles,
}
