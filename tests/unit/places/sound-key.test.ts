import { expect, test } from 'vitest'
import { soundKey } from '../../../electron/core/places/sound-key.ts'

test.each([
  ['Мурманск', 'Murmansk'],
  ['Екатеринбург', 'Yekaterinburg'],
  ['Нижний Новгород', 'Nizhniy Novgorod'],
  ['Калифорния', 'California'],
  ['Хабаровск', 'Khabarovsk'],
  ['Челябинск', 'Chelyabinsk'],
  ['Цинциннати', 'Cincinnati'],
  ['Щёлково', 'Shchelkovo'],
  ['Виктория', 'Victoria'],
  ['Люксембург', 'Lyuksemburg'],
])('%s sounds like %s', (russian, latin) => {
  expect(soundKey(russian)).toBe(soundKey(latin))
  expect(soundKey(latin)).not.toBeNull()
})

test('different names sound different', () => {
  const names = ['Rome', 'Roma', 'Рим', 'Paris', 'Perm', 'Moscow', 'Москва', 'Minsk', 'Omsk', 'Tomsk']
  expect(new Set(names.map(soundKey)).size).toBe(names.length)
})

test('other scripts have no key', () => {
  expect(soundKey('東京')).toBeNull()
  expect(soundKey('')).toBeNull()
  expect(soundKey('ъ')).toBeNull()
})
