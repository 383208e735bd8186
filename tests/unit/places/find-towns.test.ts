import { expect, it } from 'vitest'
import { findTowns } from '../../../electron/core/places/find-towns.ts'
import { openGazetteer } from '../../../electron/core/places/gazetteer.ts'
import { townsMeant } from '../../../electron/core/search/towns.ts'
import { fewPlaces, gazetteerFileOf, town } from '../../fixtures/small-gazetteer.ts'

const gazetteer = openGazetteer(
  gazetteerFileOf({
    ...fewPlaces,
    towns: [
      ...fewPlaces.towns,
      town('9', 'Romentino', 'IT', 45.46, 8.72, { population: 5000 }),
      town('10', 'Rome', 'RU', 60, 40, { population: 500, region: 'RU.49', shown: { ru: 'Рим' } }),
    ],
  }),
)
const noPause = (): Promise<void> => Promise.resolve()

const named = async (text: string, language: 'en' | 'ru' = 'en'): Promise<string[]> =>
  (await townsMeant(gazetteer, text, language, noPause)).map(({ name, region, country }) =>
    [name, region, country].filter(Boolean).join(', '),
  )

it('are those of that name before those that begin so, the larger first, each with what it lies in', async () => {
  expect(await named('rome')).toEqual(['Rome, Lazio, Italy', 'Rome, Murmansk, Russia', 'Romentino, Italy'])
  expect(await named('  ROME ')).toEqual(await named('rome'))
})

it('are found by any of their names, and called as the interface does', async () => {
  expect(await named('Firenze')).toEqual(['Florence, Tuscany, Italy'])
  expect(await named('мурм', 'ru')).toEqual(['Мурманск, Мурманская область, Россия'])
})

it('lie in what stands behind a comma', async () => {
  expect(await named('Rome, Russia')).toEqual(['Rome, Murmansk, Russia'])
  expect(await named('rome, laz')).toEqual(['Rome, Lazio, Italy'])
})

it('are none where nothing is called so, or nothing is asked', async () => {
  expect(await named('nowhere')).toEqual([])
  expect(await named(' , ')).toEqual([])
})

it('have their middle, and are no more than were asked for', async () => {
  const [rome] = await townsMeant(gazetteer, 'rome', 'en', noPause)
  expect(rome).toMatchObject({ key: '3169070', latitude: 41.892, longitude: 12.511 })
  expect(await findTowns(gazetteer, 'rom', '', 2, noPause)).toHaveLength(2)
})
