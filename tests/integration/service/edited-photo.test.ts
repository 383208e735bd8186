import { copyFileSync, mkdirSync, realpathSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import { startService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { search } from './indexed-photos.ts'

/** A service on a folder with one photo, `trip.jpg`, whose content can be replaced. */
async function scene() {
  const folder = realpathSync(tempFolder())
  mkdirSync(join(folder, 'other'))
  copyFileSync(photoPath(testPhotos[9]?.file ?? ''), join(folder, 'other', 'stays.jpg'))
  const service = startService(tempFolder())
  onTestFinished(() => service.stop())
  let saved = 1_600_000_000

  const save = async (content: number): Promise<void> => {
    copyFileSync(photoPath(testPhotos[content]?.file ?? ''), join(folder, 'trip.jpg'))
    saved += 60
    utimesSync(join(folder, 'trip.jpg'), saved, saved)
    await service.index([folder])
  }
  const photo = async () => {
    const ids = await service.call('getIds', { search: search('name:trip'), offset: 0, limit: 9 })
    expect(ids).toHaveLength(1)
    return service.call('getPhoto', { id: ids[0] ?? 0, language: 'en' })
  }
  return {
    save,
    said: async () => (await photo()).decisions.map(({ label, verdict }) => `${label} ${verdict}`).sort(),
    decide: async (verdict: 'added' | 'clear', name: string) => {
      const { id } = await photo()
      await service.call('decide', { photoIds: [id], verdict, label: { kind: 'own', name } })
    },
  }
}

it('what was decided stays through an edit; what was taken back after it is back with the content that it was said of', async () => {
  const { save, said, decide } = await scene()
  await save(0)
  await decide('added', 'Anna')
  await decide('added', 'Ben')
  await save(1)
  expect(await said()).toEqual(['Anna added', 'Ben added'])
  await decide('clear', 'Anna')
  expect(await said()).toEqual(['Ben added'])
  await save(0)
  expect(await said()).toEqual(['Anna added', 'Ben added'])
})

it('what was said before and after an edit is said of either content, whichever replaces the other', async () => {
  const { save, said, decide } = await scene()
  await save(0)
  await decide('added', 'Anna')
  await save(1)
  await decide('added', 'Ben')
  await save(0)
  expect(await said()).toEqual(['Anna added', 'Ben added'])
  await save(1)
  expect(await said()).toEqual(['Anna added', 'Ben added'])
})
