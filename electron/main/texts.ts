import { languageOf } from '../core/contract/languages.ts'
import type { Settings } from '../core/contract/states.ts'
import type { Language } from '../core/contract/values.ts'

/** What the Electron shell itself says, menu and dialogs, in English. Everything else is said by the page. */
const english = {
  file: 'File',
  addFolders: 'Add Folders…',
  rescan: 'Look for New Photos',
  settings: 'Settings…',
  quit: 'Quit',
  edit: 'Edit',
  find: 'Find',
  view: 'View',
  indexing: 'Indexing',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  help: 'Help',
  shortcuts: 'Keyboard Shortcuts',
  showLog: 'Show Log',
  chooseFolders: 'Choose folders with photos',
  chooseWeights: 'Choose the file with the network’s weights',
  chooseCopyFolder: 'Choose a folder for the copies',
  cancel: 'Cancel',
  lookInUnusual: 'Look for photos in a folder that holds more than photos?',
  lookForPhotos: 'Look for Photos',
  sameFolder: (from: string, to: string) => `Is ${to} the folder ${from} under another name?`,
  sameFolderDetail:
    'That folder is not connected, and its photos are in this one. If it has only got another name or drive letter, everything that is known of them stays. If it is a copy, such as a backup, add it as one.',
  isSame: 'It Is the Same',
  addAsCopy: 'Add as a Copy',
  moveToTrash: 'Move to Trash',
  trashOne: (name: string) => `Move “${name}” to the trash?`,
  trashMany: (count: number) => `Move ${count} photos to the trash?`,
  trashCopies: 'Copies of the same photos, which stay where they are:',
  alsoCopies: (files: number) => (files === 1 ? 'Move the copy, too' : `Move the ${files} copies, too`),
  andMore: (files: number) => `and ${files} more`,
  showList: 'Show Them All',
  trashLast: (photos: number) =>
    photos === 1
      ? 'This is the last file of a photo that means something to you. Move it all the same?'
      : `These are the last files of ${photos} photos that mean something to you. Move them all the same?`,
  trashLastDetail: 'You gave stars, an album, a label or words of your own.',
  trashDetail: 'The files leave their folders. They can be put back from the trash of your system.',
  notTrashed: (count: number) => (count === 1 ? 'One file was not moved.' : `${count} files were not moved.`),
  changedSince: 'the file changed since it was indexed',
  nameNotPassable: 'the system’s trash cannot take a name with these bytes',
  updateFound: (version: string) => `Kartoteka ${version} is available.`,
  updateDetail: 'It is downloaded now and installed when you quit.',
  download: 'Download',
  later: 'Later',
}

export type Texts = Readonly<typeof english>

const russian: Texts = {
  file: 'Файл',
  addFolders: 'Добавить папки…',
  rescan: 'Найти новые фото',
  settings: 'Настройки…',
  quit: 'Выйти',
  edit: 'Правка',
  find: 'Найти',
  view: 'Вид',
  indexing: 'Обработка',
  pause: 'Приостановить',
  resume: 'Продолжить',
  stop: 'Остановить',
  help: 'Справка',
  shortcuts: 'Клавиши',
  showLog: 'Показать журнал',
  chooseFolders: 'Выберите папки с фотографиями',
  chooseWeights: 'Выберите файл с весами сети',
  chooseCopyFolder: 'Выберите папку для копий',
  cancel: 'Отмена',
  lookInUnusual: 'Искать фотографии в папке, где не только фотографии?',
  lookForPhotos: 'Искать фотографии',
  sameFolder: (from, to) => `${to} — это папка ${from} под другим именем?`,
  sameFolderDetail:
    'Та папка не подключена, а её фотографии есть в этой. Если у неё лишь сменилось имя или буква диска, всё известное о фотографиях сохранится. Если это копия, например резервная, добавьте её как копию.',
  isSame: 'Это она',
  addAsCopy: 'Добавить как копию',
  moveToTrash: 'В корзину',
  trashOne: (name) => `Переместить «${name}» в корзину?`,
  trashMany: (count) => `Переместить в корзину ${count} ${russianPhotos(count)}?`,
  trashCopies: 'Копии тех же фотографий останутся на месте:',
  alsoCopies: (files) => (files === 1 ? 'Переместить и копию' : `Переместить и копии (${files})`),
  andMore: (files) => `и ещё ${files}`,
  showList: 'Показать все',
  trashLast: (photos) =>
    photos === 1
      ? 'Это последний файл фотографии, которая вам дорога. Всё равно переместить?'
      : `Это последние файлы дорогих вам фотографий (${photos}). Всё равно переместить?`,
  trashLastDetail: 'У них есть звёзды, альбом, ваша метка или ваши слова.',
  trashDetail: 'Файлы будут убраны из своих папок. Их можно вернуть из корзины системы.',
  notTrashed: (count) => `Не удалось переместить файлов: ${count}.`,
  changedSince: 'файл изменился после обработки',
  nameNotPassable: 'корзина системы не принимает такое имя',
  updateFound: (version) => `Вышла Kartoteka ${version}.`,
  updateDetail: 'Она загрузится сейчас и установится при выходе.',
  download: 'Загрузить',
  later: 'Позже',
}

const plural = new Intl.PluralRules('ru')
function russianPhotos(count: number): string {
  const rule = plural.select(count)
  if (rule === 'one') return 'фотографию'
  return rule === 'few' ? 'фотографии' : 'фотографий'
}

const texts: Readonly<Record<Language, Texts>> = { en: english, ru: russian }

/** @param systemLocale as Electron's `app.getLocale()` gives it. */
export function textsFor(language: Settings['language'], systemLocale: string): Texts {
  return texts[language === 'system' ? (languageOf(systemLocale) ?? 'en') : language]
}
