import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Machine, rememberedChoice, rememberLostDevice } from '../../../electron/core/classify/choice.ts'
import { chooseModel, type ChoosingOptions } from '../../../electron/core/classify/choose-model.ts'
import { forgetTrials, markTrial } from '../../../electron/core/classify/provider-trials.ts'
import { type StandIn, standIn, standInClock, standInModels } from '../../fixtures/session-stand-in.ts'

describe('choosing how to classify', () => {
  const windows: Machine = { platform: 'win32', arch: 'x64', description: 'Windows, driver 1' }
  const slow = { runTime: 12 }
  const fast = { runTime: 1 }
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kartoteka-providers-'))
    vi.spyOn(performance, 'now').mockImplementation(() => standInClock.now)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await rm(folder, { recursive: true, force: true })
  })

  async function choose(runtime: StandIn, more: Partial<ChoosingOptions> = {}) {
    const options = { models: standInModels, folder, machine: windows, openSession: runtime.open, ...more }
    const { choice, maxWorkers, trials } = await chooseModel(options)
    const outcomes = trials.map(({ provider, precision, outcome }) => `${provider}/${precision} ${outcome}`)
    return { uses: `${choice.provider}/${choice.model.identity.precision}`, maxWorkers, outcomes, trials }
  }

  describe('on the CPU', () => {
    test('takes int8 where it is faster and right', async () => {
      const chosen = await choose(standIn({ cpu: slow, int8: fast }), { preference: 'cpu' })
      expect(chosen).toMatchObject({ uses: 'cpu/int8', maxWorkers: null })
    })

    test('stays exact where int8 is slower', async () => {
      const chosen = await choose(standIn({ cpu: fast, int8: slow }), { preference: 'cpu' })
      expect(chosen.uses).toBe('cpu/fp32')
    })

    test('stays exact where int8 gives other answers, as on processors whose int8 sums overflow', async () => {
      const overflowing = { ...fast, distort: (probabilities: Float32Array) => probabilities.fill(0.001) }
      const chosen = await choose(standIn({ cpu: slow, int8: overflowing }), { preference: 'cpu' })
      expect(chosen.uses).toBe('cpu/fp32')
      expect(chosen.outcomes).toContain('cpu/int8 wrong')
    })

    test('stays exact when there is no int8 model', async () => {
      const models = { ...standInModels, int8: null }
      expect((await choose(standIn({ cpu: slow }), { preference: 'cpu', models })).uses).toBe('cpu/fp32')
    })

    test('offers the exact model even when nothing works, so that the error names the file', async () => {
      const chosen = await choose(standIn({ cpu: { createError: 'Protobuf parsing failed.' } }))
      expect(chosen.uses).toBe('cpu/fp32')
    })
  })

  describe('on a GPU', () => {
    test('takes the file that was made for GPUs', async () => {
      const { open } = standIn({ cpu: slow, int8: slow, dml: fast })
      const options = { models: standInModels, folder, machine: windows, openSession: open }
      expect((await chooseModel(options)).choice.model).toEqual(standInModels.gpu)
    })

    test('takes it with the exact model and one worker where it is faster', async () => {
      const runtime = standIn({ cpu: slow, int8: slow, dml: fast })
      expect(await choose(runtime)).toMatchObject({ uses: 'dml/fp32', maxWorkers: 1 })
      expect(runtime.opened).not.toContain('dml/int8')
      expect(runtime.openNow()).toBe(0)
    })

    test.each([
      ['cannot be opened', { createError: '80070057 The parameter is incorrect.' }, 'unavailable'],
      ['fails while running', { failFrom: 3 }, 'unavailable'],
      ['computes something else', { distort: (p: Float32Array) => p.reverse() }, 'wrong'],
      ['is off by more than rounding', { distort: (p: Float32Array) => (p[5] = 0.02) }, 'wrong'],
      ['gives what is not a number', { distort: (p: Float32Array) => p.fill(Number.NaN) }, 'unavailable'],
      [
        'is right only the first time',
        { distort: (p: Float32Array, run: number) => run > 3 && p.fill(0) },
        'wrong',
      ],
      ['is slow', { runTime: 40 }, 'works'],
    ])('leaves one alone that %s', async (_what, behaviour, outcome) => {
      const runtime = standIn({ cpu: slow, int8: slow, dml: { ...fast, ...behaviour } })
      const chosen = await choose(runtime)
      expect(chosen.uses).toMatch(/^cpu/)
      expect(chosen.outcomes).toContain(`dml/fp32 ${outcome}`)
      expect(runtime.openNow()).toBe(0)
    })

    test('takes small rounding differences', async () => {
      const rounding = { ...fast, distort: (p: Float32Array) => p.forEach((v, i) => (p[i] = v * 0.995)) }
      expect((await choose(standIn({ cpu: slow, int8: slow, dml: rounding }))).uses).toBe('dml/fp32')
    })

    test('must be faster than all workers on the CPU together', async () => {
      const runtime = standIn({ cpu: { runTime: 60 }, int8: { runTime: 60 }, dml: { runTime: 30 } })
      expect((await choose(runtime, { cpuWorkers: 1 })).uses).toBe('dml/fp32')
      expect((await choose(runtime, { cpuWorkers: 8 })).uses).toMatch(/^cpu/)
    })

    test('is used however slow when it was asked for, and only if it works', async () => {
      const preference = 'dml'
      const runtime = standIn({ cpu: fast, int8: fast, dml: slow })
      expect((await choose(runtime, { preference })).uses).toBe('dml/fp32')
      forgetTrials(folder)
      expect((await choose(standIn({ cpu: fast, int8: fast }), { preference })).uses).toMatch(/^cpu/)
    })

    test('is not even tried when the CPU was asked for', async () => {
      const runtime = standIn({ cpu: fast, int8: fast, dml: fast })
      await choose(runtime, { preference: 'cpu' })
      expect(runtime.opened).toEqual(['cpu/fp32', 'cpu/int8'])
    })

    test.each([
      ['win32', 'x64', 'dml'],
      ['win32', 'arm64', 'dml'],
      ['darwin', 'arm64', 'coreml'],
      ['linux', 'x64', 'cuda'],
    ] as const)('is looked for on %s %s as %s', async (platform, arch, provider) => {
      const runtime = standIn({ cpu: fast, int8: fast })
      await choose(runtime, { machine: { platform, arch, description: 'x' } })
      expect(runtime.opened).toEqual(['cpu/fp32', 'cpu/int8', `${provider}/fp32`])
    })
  })

  describe('from one start to the next', () => {
    test('tries nothing twice', async () => {
      const runtime = standIn({ cpu: slow, int8: fast, dml: slow })
      const first = await choose(runtime)
      const tried = runtime.opened.length
      expect(await choose(runtime)).toEqual(first)
      expect(runtime.opened).toHaveLength(tried)
    })

    test('is known without a trial, unless something was not tried yet', async () => {
      const options = { models: standInModels, folder, machine: windows }
      expect(rememberedChoice(options)).toBe(null)
      const runtime = standIn({ cpu: slow, int8: fast, dml: slow })
      const chosen = await chooseModel({ ...options, openSession: runtime.open })
      expect(rememberedChoice(options)).toEqual(chosen)
      expect(rememberedChoice({ ...options, preference: 'webgpu' })).toBe(null)
      markTrial(folder, { provider: 'webgpu', precision: 'fp32' })
      expect(rememberedChoice(options)).toBe(null)
    })

    test('tries again when versions or hardware changed', async () => {
      const runtime = standIn({ cpu: slow, int8: slow })
      await choose(runtime)
      const withDriver = standIn({ cpu: slow, int8: slow, dml: fast })
      expect((await choose(withDriver)).uses).toMatch(/^cpu/)
      const machine = { ...windows, description: 'Windows, driver 2' }
      expect((await choose(withDriver, { machine })).uses).toBe('dml/fp32')
    })

    test('tries again when told to forget', async () => {
      await choose(standIn({ cpu: slow, int8: slow }))
      forgetTrials(folder)
      expect((await choose(standIn({ cpu: slow, int8: slow, dml: fast }))).uses).toBe('dml/fp32')
    })

    test('leaves a GPU alone that took the process down', async () => {
      markTrial(folder, { provider: 'dml', precision: 'fp32' })
      const runtime = standIn({ cpu: slow, int8: slow, dml: fast })
      const chosen = await choose(runtime)
      expect(chosen.uses).toMatch(/^cpu/)
      expect(chosen.outcomes).toContain('dml/fp32 crashed')
      expect(runtime.opened).not.toContain('dml/fp32')
      expect((await choose(runtime, { preference: 'dml' })).uses).toMatch(/^cpu/)
    })

    test('leaves a GPU alone that was lost during the work', async () => {
      const runtime = standIn({ cpu: slow, int8: slow, dml: fast })
      expect((await choose(runtime)).uses).toBe('dml/fp32')
      rememberLostDevice({ models: standInModels, folder, machine: windows }, 'dml', 'dml failed: 887A0005')
      const chosen = await choose(runtime)
      expect(chosen.uses).toMatch(/^cpu/)
      expect(chosen.trials).toContainEqual(
        expect.objectContaining({ provider: 'dml', outcome: 'lost', reason: 'dml failed: 887A0005' }),
      )
    })

    test('works without a place to remember, but then tries no GPU', async () => {
      const runtime = standIn({ cpu: slow, int8: fast, dml: fast })
      const chosen = await choose(runtime, { folder: '/dev/null/nowhere' })
      expect(chosen.uses).toBe('cpu/int8')
      expect(runtime.opened).not.toContain('dml/fp32')
    })
  })
})
