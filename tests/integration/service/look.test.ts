import { copyFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import { until } from '../../fixtures/running-shell.ts'
import { startService } from '../../fixtures/running-service.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { search } from './indexed-photos.ts'

it('a more careful look is taken in the background as soon as it is chosen, and taken back the same way', async () => {
  const folder = realpathSync(tempFolder())
  copyFileSync(photoPath(testPhotos[0]?.file ?? ''), join(folder, 'one.jpg'))
  const service = startService(tempFolder())
  onTestFinished(() => service.stop())
  await service.index([folder])
  const [id = 0] = await service.call('getIds', { search: search('name:one'), offset: 0, limit: 9 })
  await service.call('decide', { photoIds: [id], verdict: 'added', label: { kind: 'own', name: 'Anna' } })
  const photo = () => service.call('getPhoto', { id, language: 'en' })
  const before = await photo()
  const best = before.tags[0]?.probability

  await service.call('setSettings', { look: 'mirror' })
  const careful = await until(photo, ({ tags }) => tags[0]?.probability !== best)
  expect(careful.decisions).toEqual(before.decisions)
  await service.call('setSettings', { look: 'plain' })
  expect(await until(photo, ({ tags }) => tags[0]?.probability === best)).toMatchObject({
    tags: before.tags,
    decisions: before.decisions,
  })
})
