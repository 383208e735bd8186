import type { Language } from '../core/contract/languages.ts'

/** What a browser is told that is not let in, or asks for what is not there; people read it in place of the app. */
const english = {
  trouble: 'Something went wrong; the log says more.',
  otherAddress: 'Not for this address.',
  otherPages: 'Not for other pages.',
  needsLink:
    'Open Kartoteka with the link it printed when it was started. For another one press Enter there.',
  ownLink: 'This page needs a new link. Press Enter where Kartoteka was started, or look there for one.',
  wrongLink: 'This link is not valid.',
  usedLink:
    'This link was used already. For a new one press Enter where Kartoteka was started, or look there for one.',
  nothing: 'There is nothing here.',
  onlyReading: 'Only GET and HEAD.',
  tooLong:
    'The browser sent too much with its request: other programs on this computer left too many cookies in it. Delete the cookies of this address, or open the link in a private window.',
} as const

export type Refused = keyof typeof english

const russian: Readonly<Record<Refused, string>> = {
  trouble: 'Что-то пошло не так; подробности в журнале.',
  otherAddress: 'Не для этого адреса.',
  otherPages: 'Не для чужих страниц.',
  needsLink:
    'Откройте Kartoteka по ссылке, которую программа вывела при запуске. Чтобы получить другую, нажмите Enter там, где программа запущена.',
  ownLink:
    'Этой странице нужна новая ссылка. Нажмите Enter там, где запущена Kartoteka, или найдите ссылку там же.',
  wrongLink: 'Эта ссылка недействительна.',
  usedLink:
    'Эта ссылка уже использована. Чтобы получить новую, нажмите Enter там, где запущена Kartoteka, или найдите её там же.',
  nothing: 'Здесь ничего нет.',
  onlyReading: 'Только GET и HEAD.',
  tooLong:
    'Браузер прислал слишком много данных: другие программы на этом компьютере оставили слишком много файлов cookie. Удалите файлы cookie этого адреса или откройте ссылку в приватном окне.',
}

/** Why a request is refused, in every language. */
export const refusalTexts: Readonly<Record<Language, Readonly<Record<Refused, string>>>> = {
  en: english,
  ru: russian,
}
