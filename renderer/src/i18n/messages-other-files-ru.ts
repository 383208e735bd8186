import type { englishOtherFiles } from './messages-other-files-en.ts'

/** What is said of files in the folders that are no photos, in Russian. */
export const russianOtherFiles: typeof englishOtherFiles = {
  otherFiles: {
    videos: '{n} видео | {n} видео | {n} видео',
    others: '{n} другой файл | {n} других файла | {n} других файлов',
    both: 'Не показано: {videos} и {others}',
    some: 'Не показано: {files} | Не показано: {files} | Не показано: {files}',
    why: 'Kartoteka показывает фотографии. Остальные файлы она не трогает.',
    noEnding: 'без расширения',
  },
}
