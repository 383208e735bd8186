import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPath } from '../shared.ts'
import { kartoteka, kartotekaJson, newFolder, removeFolder } from '../../integration/cli/kartoteka.ts'

interface Tag {
  readonly rank: number
  readonly classIndex: number
  readonly synset: string
  readonly label: string
  readonly probability: number
}
interface Found {
  readonly total: number
  readonly understood: readonly { readonly meanings: readonly { readonly kind: string }[] }[]
  readonly photos: readonly {
    readonly id: number
    readonly path: string
    readonly confidence: number
    readonly takenAt: string | null
    readonly tags: readonly Tag[]
  }[]
}

const library = newFolder()
const photos = newFolder()
const truth = new Map(
  readFileSync(sharedPath('photos/labelled/labels.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([file = '', index]) => [file, Number(index)]),
)
let before: string[] = []
let first: unknown

const ask = (...args: string[]): Promise<unknown> => kartotekaJson([...args, '--library', library])
const find = async (...args: string[]): Promise<Found> => (await ask('search', ...args)) as Found

/** Name, bytes and times of every file. */
function facts(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name)
      const { mtimeMs, ctimeMs, size, mode } = statSync(path)
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
      return [name, size, mode, mtimeMs, ctimeMs, hash].join(' ')
    })
}

const classesOf = ({ tags }: Found['photos'][number]): number[] => tags.map(({ classIndex }) => classIndex)
const truthOf = ({ path }: Found['photos'][number]): number => truth.get(basename(path)) ?? -1

beforeAll(async () => {
  cpSync(sharedPath('photos/labelled'), photos, { recursive: true, preserveTimestamps: true })
  before = facts(photos)
  first = await ask('index', photos)
}, 120_000)

afterAll(() => {
  removeFolder(library)
  removeFolder(photos)
})

describe('200 photos of known classes', () => {
  it('are all indexed, with one inference each', () => {
    expect(first).toMatchObject({
      found: 200,
      indexed: 200,
      unchanged: 0,
      moved: 0,
      missing: 0,
      failed: 0,
      inferences: 200,
      provider: 'cpu',
    })
  })

  it('are left alone the second time', async () => {
    expect(await ask('index', photos)).toMatchObject({
      found: 200,
      indexed: 0,
      unchanged: 200,
      inferences: 0,
    })
  })

  it('are recognised: the true class is first for 79 % and among five for 96 %', async () => {
    const { photos: all } = await find('', '--limit', '1000', '--sort', 'date')
    expect(all).toHaveLength(200)
    const firstRight = all.filter((photo) => classesOf(photo)[0] === truthOf(photo)).length
    const amongFive = all.filter((photo) => classesOf(photo).includes(truthOf(photo))).length
    expect(firstRight / 200).toBeGreaterThanOrEqual(0.79)
    expect(amongFive / 200).toBeGreaterThanOrEqual(0.96)
  })

  it.each([
    ['zebra', 'n02391049_zebra.JPEG'],
    ['black swan', 'n01860187_black_swan.JPEG'],
    ['Cygnus atratus', 'n01860187_black_swan.JPEG'],
    ['DAISY', 'n11939491_daisy.JPEG'],
    ['volcano', 'n09472597_volcano.JPEG'],
  ])('are found by name: %s', async (query, file) => {
    const { photos: found, understood } = await find(query)
    expect(understood[0]?.meanings).toContainEqual(expect.objectContaining({ kind: 'label' }))
    expect(basename(found[0]?.path ?? '')).toBe(file)
    expect(found[0]?.confidence).toBeGreaterThan(0.2)
  })

  it('come in pages, surest first, and not below the confidence asked for', async () => {
    const { total, photos: animals } = await find('animal', '--limit', '10')
    expect(total).toBeGreaterThan(50)
    expect(animals).toHaveLength(10)
    const confidences = animals.map(({ confidence }) => confidence)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
    const next = await find('animal', '--limit', '5', '--offset', '10')
    expect(next.photos.map(({ id }) => id)).not.toContain(animals[0]?.id)
    const sure = await find('animal', '--limit', '1000', '--min-confidence', '0.9')
    expect(sure.photos.every(({ confidence }) => confidence >= 0.9)).toBe(true)
    expect(sure.total).toBeLessThan(total)
  })

  it('are shown whole, by path and by number', async () => {
    const path = join(photos, 'n02391049_zebra.JPEG')
    const zebra = (await ask('show', path)) as { id: number; tags: readonly Tag[] }
    expect(zebra).toMatchObject({ state: 'done', orientation: 1, decisions: [], reason: null })
    expect(zebra.tags.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5])
    expect(zebra.tags[0]).toMatchObject({ classIndex: 340, synset: 'n02391049', label: 'zebra' })
    expect(Object.keys(zebra)).toEqual(
      expect.arrayContaining(
        'path width height takenAt takenOffset position camera lens keywords contentHash categories'.split(
          ' ',
        ),
      ),
    )
    expect(await ask('show', String(zebra.id))).toEqual(zebra)
  })

  it('are counted by label and category', async () => {
    const labels = (await ask('labels')) as { label: string; count: number; kind: string }[]
    expect(labels.find(({ label }) => label === 'zebra')).toMatchObject({ count: 1, kind: 'class' })
    expect(labels[0]).toMatchObject({ kind: 'category' })
    expect(await ask('labels', 'zebra')).toMatchObject([{ label: 'zebra' }])
  })

  it('have no problems, and doctor finds none', async () => {
    expect(await ask('problems')).toEqual([])
    expect(await ask('doctor')).toMatchObject({
      ok: true,
      model: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      models: [
        { runsOn: 'cpu', precision: 'fp32', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { runsOn: 'cpu', precision: 'int8', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { runsOn: 'gpu', precision: 'fp32', file: expect.stringContaining('.onnx') },
      ],
      library: { faults: [], queue: { pending: 0, running: 0, failed: 0 } },
      problems: [],
    })
  })

  it('are the same files as before: names, bytes and times', () => {
    expect(facts(photos)).toEqual(before)
  })

  it('are told in words, too', async () => {
    const { stdout } = await kartoteka(['search', 'zebra', '--library', library])
    expect(stdout).toContain('n02391049_zebra.JPEG')
    expect(stdout).toContain('1 photo: zebra')
  })
})
