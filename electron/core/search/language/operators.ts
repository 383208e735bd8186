import { fold } from '../../labels/fold.ts'
import type { Language } from '../../contract/values.ts'
import type { Being, Having, OperatorName } from './query.ts'

/** The spellings people may use; the first of each language is the one we show. */
type Spellings = Readonly<Record<Language, readonly [string, ...string[]]>>

export const operatorSpellings: Readonly<Record<OperatorName, Spellings>> = {
  label: { en: ['label', 'tag', 'labels', 'tags'], ru: ['метка', 'тег', 'метки', 'теги', 'ярлык'] },
  category: { en: ['category', 'categories'], ru: ['категория', 'категории'] },
  album: { en: ['album', 'albums'], ru: ['альбом', 'альбомы'] },
  folder: { en: ['folder', 'in', 'path', 'directory'], ru: ['папка', 'папки', 'путь', 'каталог'] },
  camera: { en: ['camera'], ru: ['камера', 'фотоаппарат'] },
  place: { en: ['place', 'city', 'country'], ru: ['место', 'город', 'страна'] },
  near: { en: ['near', 'around'], ru: ['рядом', 'около', 'возле'] },
  area: { en: ['area', 'bbox'], ru: ['участок'] },
  type: { en: ['type', 'format'], ru: ['тип', 'формат'] },
  date: { en: ['year', 'date', 'month', 'day', 'taken'], ru: ['год', 'дата', 'месяц', 'день', 'снято'] },
  before: { en: ['before'], ru: ['до', 'раньше'] },
  after: { en: ['after'], ru: ['после', 'позже'] },
  since: { en: ['since', 'from'], ru: ['с', 'со', 'от'] },
  until: { en: ['until', 'till'], ru: ['по'] },
  has: { en: ['has', 'with'], ru: ['есть', 'имеет'] },
  is: { en: ['is'], ru: ['это', 'статус'] },
  confidence: { en: ['confidence', 'probability'], ru: ['уверенность', 'вероятность'] },
  name: { en: ['name', 'file', 'filename'], ru: ['имя', 'файл', 'название'] },
  keyword: { en: ['keyword', 'keywords'], ru: ['ключевое', 'слово', 'ключ'] },
  title: { en: ['title'], ru: ['заголовок', 'подпись'] },
  note: { en: ['note', 'notes', 'description'], ru: ['заметка', 'заметки', 'описание'] },
  similar: { en: ['similar', 'like'], ru: ['похоже', 'похожие'] },
  same: { en: ['same'], ru: ['то-же', 'тоже'] },
  stack: { en: ['stack'], ru: ['стопка'] },
  stars: { en: ['stars', 'star', 'rating'], ru: ['звёзды', 'звёзд', 'звезда', 'оценка', 'рейтинг'] },
}

export const havingSpellings: Readonly<Record<Having, Spellings>> = {
  place: { en: ['place', 'position', 'location', 'gps', 'geo'], ru: ['место', 'координаты', 'геометка'] },
  date: { en: ['date', 'time'], ru: ['дата', 'дату', 'время'] },
  camera: { en: ['camera'], ru: ['камера', 'камеру'] },
  keywords: { en: ['keywords', 'keyword'], ru: ['слова', 'ключевые слова', 'ключи'] },
  stars: { en: ['stars', 'rating'], ru: ['звёзды', 'оценка', 'рейтинг'] },
  title: { en: ['title'], ru: ['заголовок', 'подпись'] },
  note: { en: ['note', 'notes', 'description'], ru: ['заметка', 'заметку', 'описание'] },
}

export const beingSpellings: Readonly<Record<Being, Spellings>> = {
  untagged: { en: ['untagged', 'unlabelled', 'unlabeled'], ru: ['без-меток', 'без меток', 'неразмечено'] },
  problem: {
    en: ['problem', 'problems', 'failed', 'broken'],
    ru: ['проблема', 'проблемы', 'ошибка', 'ошибки', 'с ошибкой'],
  },
  pending: { en: ['pending', 'queued', 'waiting'], ru: ['в-очереди', 'в очереди', 'ожидает', 'очередь'] },
  confirmed: { en: ['confirmed', 'decided'], ru: ['подтверждено', 'подтвержденное', 'подтверждённые'] },
  damaged: { en: ['damaged', 'corrupt', 'corrupted'], ru: ['повреждено', 'поврежденное', 'повреждённые'] },
  offline: { en: ['offline', 'unavailable'], ru: ['недоступно', 'недоступные', 'отключено', 'офлайн'] },
  copy: {
    en: ['copy', 'copies', 'duplicate', 'duplicates'],
    ru: ['копия', 'копии', 'дубликат', 'дубликаты'],
  },
  undated: {
    en: ['undated', 'dateless', 'no-date', 'no date'],
    ru: ['без-даты', 'без даты', 'недатировано', 'недатированные'],
  },
  hidden: { en: ['hidden'], ru: ['скрыто', 'скрытое', 'скрытые'] },
  rejected: {
    en: ['rejected', 'reject', 'rejects'],
    ru: ['отклонено', 'отклоненное', 'отклонённые', 'отбраковано', 'брак'],
  },
  favourite: {
    en: ['favourite', 'favorite', 'favourites', 'favorites'],
    ru: ['избранное', 'избранные', 'любимое', 'любимые'],
  },
}

const links: Readonly<Record<'or' | 'and' | 'not', Spellings>> = {
  or: { en: ['or'], ru: ['или', 'либо'] },
  and: { en: ['and'], ru: ['и'] },
  not: { en: ['not', 'without', 'except'], ru: ['не', 'без', 'кроме'] },
}

/** Words of everyday sentences that ask for nothing: "photos of dogs in 2019". */
const silentWords: Readonly<Record<Language, string>> = {
  en: 'a an the of in on at with from by to photo photos picture pictures image images show me my',
  ru: 'в во на с со у из от к о об фото фотография фотографии фотографий снимки картинки покажи мне мои',
}
const silent = new Set(Object.values(silentWords).flatMap((words) => words.split(' ').map(fold)))

function table<Name extends string>(spellings: Readonly<Record<Name, Spellings>>): ReadonlyMap<string, Name> {
  const found = new Map<string, Name>()
  for (const name of Object.keys(spellings) as Name[])
    for (const spelling of Object.values(spellings[name]).flat()) found.set(fold(spelling), name)
  return found
}

const operators = table(operatorSpellings)
const havings = table(havingSpellings)
const beings = table(beingSpellings)
const linkWords = table(links)

export const operatorOf = (text: string): OperatorName | undefined => operators.get(fold(text))
export const havingOf = (value: string): Having | undefined => havings.get(fold(value))
export const beingOf = (value: string): Being | undefined => beings.get(fold(value))
export const linkOf = (text: string): 'or' | 'and' | 'not' | undefined => linkWords.get(fold(text))
export const isSilent = (text: string): boolean => silent.has(fold(text))
export const shown = (spellings: Spellings, language: Language): string => spellings[language][0]
