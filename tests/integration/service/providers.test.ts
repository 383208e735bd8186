import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { chooseModel } from '../../../electron/core/classify/choose-model.ts'
import type { ModelState, Notice, Settings } from '../../../electron/core/contract/states.ts'
import { createIndexer } from '../../../electron/core/indexing/indexer.ts'
import { scanTargetsFor } from '../../../electron/core/indexing/scan-targets.ts'
import {
  createModelProvider,
  type ModelProvider,
  type ModelProviderOptions,
} from '../../../electron/service/model-provider.ts'
import { readSettings } from '../../../electron/service/settings-store.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { standIn, standInClock, type Behaviour } from '../../fixtures/session-stand-in.ts'
import { numbered, filesIn, scratch, testLibrary } from '../indexing/index-photos.ts'

const slow: Behaviour = { runTime: 20 }

/** A model provider of one process on a machine whose card behaves as told, with the person asking for that card. */
function modelsOn(
  machine: { readonly card: Behaviour | null },
  { folder = scratch(), provider = 'cuda' }: { folder?: string; provider?: Settings['provider'] } = {},
) {
  const notices: Notice[] = []
  const states: ModelState[] = []
  const thread: ModelProviderOptions['thread'] = {
    ask: async (_name, input) => {
      const { open } = standIn({ cpu: slow, int8: {}, ...(machine.card && { cuda: machine.card }) })
      const asked = input as Parameters<typeof chooseModel>[0]
      return (await chooseModel({ ...asked, openSession: open })) as never
    },
  }
  const models = createModelProvider({
    thread,
    settings: () => ({ ...readSettings(testLibrary()), provider }),
    found: null,
    maker: null,
    folder,
    onState: (state) => states.push(state),
    onNotice: (notice) => notices.push(notice),
    log: () => {},
  })
  return { models, notices, states }
}

async function cardIn(models: ModelProvider) {
  const { used, tried } = await models.report()
  return { used: used?.provider, card: tried.find(({ provider }) => provider === 'cuda')?.outcome }
}

describe('what runs on the processor beside the tags', () => {
  it.each([
    ['takes the model that gives them there', 'cpu', 'int8'],
    ['takes the exact one where a card gives them', 'cuda', 'fp32'],
  ] as const)('%s', async (_, provider, precision) => {
    vi.spyOn(performance, 'now').mockImplementation(() => standInClock.now)
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    const { models } = modelsOn({ card: {} }, { provider })
    expect(await models.onCpu()).toMatchObject({ identity: { precision } })
  })
})

describe('a graphics card that stops working while photos are indexed', () => {
  it('is remembered, and the CPU goes on with every photo that was in work', async () => {
    const photos = scratch()
    mkdirSync(join(photos, 'more'))
    for (const name of [...numbered(30), 'lost-card.jpg', ...numbered(30, 'more/')]) {
      writeFileSync(join(photos, name), name)
    }
    const folder = scratch()
    const { models, notices } = modelsOn({ card: {} }, { folder })
    const library = testLibrary()
    const indexer = createIndexer(
      {
        library,
        categories: [],
        entries: { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) },
        chooseModel: models.choose,
        onDeviceLost: models.lose,
        workers: () => 2,
        onState: () => {},
        onStored: () => {},
        onNotice: () => {},
        log: () => {},
      },
      () => null,
    )
    expect(await cardIn(models)).toEqual({ used: 'cuda', card: 'works' })

    const summary = await indexer.start({ targets: await scanTargetsFor(library, [photos]), again: false })
    expect(summary).toMatchObject({
      provider: 'cpu',
      found: 61,
      indexed: 61,
      unchanged: 0,
      queued: 0,
      failed: 0,
    })
    const indexed = filesIn(library)
    expect(indexed).toHaveLength(61)
    expect(
      indexed.every(({ state, tags, attempts }) => state === 'done' && tags === 5 && attempts === 0),
    ).toBe(true)
    expect(notices.map(({ code }) => code)).toEqual(['provider-failed'])
    expect(await cardIn(models)).toEqual({ used: 'cpu', card: 'lost' })
    expect(await cardIn(modelsOn({ card: {} }, { folder }).models)).toEqual({ used: 'cpu', card: 'lost' })
  })

  it('is tried again when asked to, but not in the process that lost it', async () => {
    const folder = scratch()
    const { models } = modelsOn({ card: {} }, { folder })
    await models.choose()
    models.lose({ provider: 'cuda', reason: 'It fell off the bus.' })
    await models.tryAgain()
    expect(await cardIn(models)).toEqual({ used: 'cpu', card: 'lost' })
    const { tried } = await models.report()
    expect(tried.find(({ provider }) => provider === 'cuda')?.reason).toContain(
      'until Kartoteka is started again',
    )
    expect(await cardIn(modelsOn({ card: {} }, { folder }).models)).toEqual({ used: 'cuda', card: 'works' })
  })
})

describe('ways to run the model', () => {
  it('are told with what came of each, and a refused wish is said', async () => {
    const { models, notices, states } = modelsOn({ card: null })
    const { used, tried } = await models.report()
    expect(used?.provider).toBe('cpu')
    expect(tried.map(({ provider, outcome }) => [provider, outcome])).toEqual([
      ['cpu', 'works'],
      ['cpu', 'works'],
      ['cuda', 'unavailable'],
    ])
    expect(notices).toEqual([
      {
        code: 'provider-failed',
        message: expect.stringMatching(/^cuda cannot be used, so photos are looked at with cpu\. .*library/),
      },
    ])
    expect(states.at(-1)).toMatchObject({ state: 'ready', provider: 'cpu' })
  })

  it('stay as found until all of them are tried again', async () => {
    const machine: { card: Behaviour | null } = { card: null }
    const { models } = modelsOn(machine)
    await models.choose()
    machine.card = {}
    models.forget()
    expect(await cardIn(models)).toEqual({ used: 'cpu', card: 'unavailable' })
    await models.tryAgain()
    expect(await cardIn(models)).toEqual({ used: 'cuda', card: 'works' })
  })
})
