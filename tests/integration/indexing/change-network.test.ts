import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { ModelFile } from '../../../electron/core/classify/model-files.ts'
import type { Result } from '../../../electron/core/contract/failure.ts'
import type { ModelForRun } from '../../../electron/core/indexing/indexing-options.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { yieldToEventLoop, type Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { counterpart, derivedCutOffs } from '../../../electron/core/library/photos/cut-offs.ts'
import { dropKeptOf, keptResults } from '../../../electron/core/library/photos/kept-results.ts'
import { changeNetwork, networkChoice } from '../../../electron/core/library/photos/network-choice.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { otherInterface, otherNetwork } from '../../fixtures/other-network.ts'
import { derivedFaults, findingsOf } from '../../fixtures/temp-library.ts'
import {
  usualModel,
  filesIn,
  index,
  numbered,
  putPhotos,
  scratch,
  start,
  testLibrary,
} from './index-photos.ts'

const folder = mkdtempSync(join(tmpdir(), 'kartoteka-networks-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const path = join(folder, 'other.onnx')
writeFileSync(path, otherNetwork([]))

const other = (id: string): (() => Promise<Result<ModelForRun>>) => {
  const model: ModelFile = {
    path,
    identity: { name: id, precision: 'fp32', sha256: id, network: id },
    projection: null,
    interface: otherInterface,
  }
  return () => Promise.resolve({ ok: true, value: { choice: { model, provider: 'cpu' }, maxWorkers: null } })
}

const photosOf = (library: Library): number[] => filesIn(library).flatMap(({ photoId }) => photoId ?? [])
/** All that the network says of each photo. */
const tagsOf = (library: Library) =>
  photosOf(library).map((id) => {
    const photo = readPhoto(library, id)
    return { model: photo?.model?.name, tags: photo?.tags, categories: photo?.categoryProbabilities }
  })

async function indexed(photos: number): Promise<{ library: Library; ids: number[] }> {
  const names = scratch()
  putPhotos(names, numbered(photos))
  const library = testLibrary()
  await index(library, { folders: [names], options: { chooseModel: usualModel } })
  return { library, ids: photosOf(library) }
}

it('another network looks at all photos, and changing back needs none to be looked at; decisions stay', async () => {
  const { library, ids } = await indexed(8)
  const [first = 0, second = 0] = ids
  const [removed = 0] = readPhoto(library, first)?.tags.map(({ classIndex }) => classIndex) ?? []
  decide(library, [first], removed, 'removed')
  decide(library, [second], 500, 'added')
  const before = tagsOf(library)

  changeNetwork(library, 'other')
  // Until it has looked at them, the old tags serve.
  expect(tagsOf(library)).toEqual(before)
  const changed = await index(library, { options: { chooseModel: other('other') } })
  expect(changed).toMatchObject({ inferences: 8, failed: 0, model: { network: 'other' } })
  expect(tagsOf(library).map(({ model }) => model)).toEqual(before.map(() => 'other'))
  expect(tagsOf(library)).not.toEqual(before)
  expect(keptResults(library).get('googlenet')).toMatchObject({ photos: 8 })
  expect(derivedFaults(library)).toEqual([])
  const after = tagsOf(library)

  changeNetwork(library, 'googlenet')
  expect(await index(library, { options: { chooseModel: usualModel } })).toMatchObject({ inferences: 0 })
  expect(tagsOf(library)).toEqual(before)
  changeNetwork(library, 'other')
  expect(await index(library, { options: { chooseModel: other('other') } })).toMatchObject({ inferences: 0 })
  expect(tagsOf(library)).toEqual(after)

  expect(decisionsOf(library, first)).toEqual([{ term: removed, verdict: 'removed' }])
  expect(decisionsOf(library, second)).toEqual([{ term: 500, verdict: 'added' }])
  expect(findingsOf(library, first)[removed]).toBeUndefined()
  expect(findingsOf(library, second)[500]).toBe(20_000)
  expect(derivedFaults(library)).toEqual([])
})

it('what two former networks found is kept; of a third nothing, and what was given up is looked at again', async () => {
  const { library } = await indexed(3)
  for (const name of ['one', 'two', 'three']) {
    changeNetwork(library, name)
    expect(await index(library, { options: { chooseModel: other(name) } })).toMatchObject({ inferences: 3 })
  }
  expect([...keptResults(library).keys()].toSorted()).toEqual(['one', 'two'])
  await dropKeptOf(library, 'two', yieldToEventLoop)
  changeNetwork(library, 'two')
  expect(await index(library, { options: { chooseModel: other('two') } })).toMatchObject({ inferences: 3 })
})

it('a photo that was turned meanwhile is looked at again as it is shown', async () => {
  const { library, ids } = await indexed(3)
  changeNetwork(library, 'other')
  await index(library, { options: { chooseModel: other('other') } })
  say(library, [ids[0] ?? 0], { field: 'turn', value: 90 })
  changeNetwork(library, 'googlenet')
  expect(await index(library, { options: { chooseModel: usualModel } })).toMatchObject({ inferences: 1 })
  expect(tagsOf(library).map(({ model }) => model)).toEqual(Array(3).fill('GoogLeNet (seeded)'))
})

it('a change that was stopped goes on with the next run, also to another network', async () => {
  const { library } = await indexed(60)
  const before = tagsOf(library)
  changeNetwork(library, 'other')
  let stored = 0
  const run = await start(library, {
    options: {
      chooseModel: other('other'),
      onStored: () => {
        stored += 1
        if (stored === 1) run.stop()
      },
    },
  })
  await run.finished
  const seen = tagsOf(library).filter(({ model }) => model === 'other').length
  expect(seen).toBeLessThan(60)

  // With the former network's model in hand there is nothing to be queued for the new one.
  changeNetwork(library, 'googlenet')
  expect(await index(library, { options: { chooseModel: usualModel } })).toMatchObject({
    inferences: 0,
    queued: 0,
  })
  expect(tagsOf(library)).toEqual(before)
  changeNetwork(library, 'other')
  await index(library, { options: { chooseModel: other('other') } })
  expect(tagsOf(library).every(({ model }) => model === 'other')).toBe(true)
  expect(networkChoice(library)).toMatchObject({ used: 'other', due: false, derive: false })
})

it('from where on a label counts is derived from enough photos that both have seen', async () => {
  const { library } = await indexed(120)
  changeNetwork(library, 'other')
  await index(library, { options: { chooseModel: other('other') } })
  const derived = derivedCutOffs(library, 'other')
  expect(derived).toMatchObject({ photos: 120 })
  const lexicon = loadLexicon()
  const threshold = (): number => sessionOf(library, lexicon).vocabulary.threshold(0)
  expect(threshold()).toBe(counterpart(3000, derived?.classes ?? []))
  changeNetwork(library, 'googlenet')
  expect(threshold()).toBe(3000)
})
