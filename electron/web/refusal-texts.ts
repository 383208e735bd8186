import type { Language } from '../core/contract/languages.ts'

/** What a browser is told that is not let in, or asks for what is not there; people read it in place of the app. */
const english = {
  trouble: 'Something went wrong; the log says more.',
  otherAddress: 'Not for this address.',
  otherPages: 'Not for other pages.',
  needsLink: 'Open Kartoteka with the link it printed when it was started.',
  ownLink:
    'Every tab of Kartoteka needs a link of its own. A new one was printed where Kartoteka was started.',
  wrongLink: 'This link is not valid.',
  usedLink: 'This link was used already. Kartoteka printed a new one where it was started.',
  nothing: 'There is nothing here.',
  onlyReading: 'Only GET and HEAD.',
} as const

export type Refused = keyof typeof english

const russian: Readonly<Record<Refused, string>> = {
  trouble: 'Что-то пошло не так; подробности в журнале.',
  otherAddress: 'Не для этого адреса.',
  otherPages: 'Не для чужих страниц.',
  needsLink: 'Откройте Kartoteka по ссылке, которую программа вывела при запуске.',
  ownLink: 'Каждой вкладке Kartoteka нужна своя ссылка. Новая выведена там, где программа была запущена.',
  wrongLink: 'Эта ссылка недействительна.',
  usedLink: 'Эта ссылка уже использована. Новая выведена там, где программа была запущена.',
  nothing: 'Здесь ничего нет.',
  onlyReading: 'Только GET и HEAD.',
}

/** Why a request is refused, in every language. */
export const refusalTexts: Readonly<Record<Language, Readonly<Record<Refused, string>>>> = {
  en: english,
  ru: russian,
}
