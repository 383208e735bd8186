import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import proto from 'onnx-proto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { otherNetwork } from '../../fixtures/other-network.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import {
  kartotekaHere,
  kartotekaJson,
  kartotekaJsonHere,
  newFolder,
  removeFolder,
  startKartoteka,
} from './kartoteka.ts'

const [library, photos, files] = [newFolder(), newFolder(), newFolder()]
const count = 40
const content = otherNetwork([])
/** As it is listed. */
let id = ''
const path = join(files, 'Mine.onnx')
const how = ['--layout', 'nhwc', '--order', 'bgr', '--mean', '127,126,125', '--deviation', '128,129,130']

beforeAll(async () => {
  copyPhotos(photos, count)
  writeFileSync(path, content)
  await kartotekaJson(['index', photos, '--library', library])
})
afterAll(() => {
  for (const folder of [library, photos, files]) removeFolder(folder)
})

const models = (...args: readonly string[]) => kartotekaHere(['models', ...args, '--library', library])
const modelsHere = (...args: readonly string[]) =>
  kartotekaJsonHere(['models', ...args, '--library', library])
const modelsJson = (...args: readonly string[]) => kartotekaJson(['models', ...args, '--library', library])
const listed = async (): Promise<readonly Record<string, unknown>[]> =>
  (await kartotekaJsonHere(['models', '--library', library])) as never
const one = async (name: string) => (await listed()).find((each) => each['id'] === name)

/** What the library holds of each photo: who saw it, its best tag; and what people decided. */
function contents() {
  const opened = openLibrary(library, { mode: 'read' })
  try {
    return {
      tags: opened.db
        .prepare<[], { network: string; classIndex: number; probability: number }>(
          `SELECT network, class_index AS classIndex, probability FROM tag JOIN classification USING (photo_id)
           JOIN model ON model.id = model_id WHERE rank = 1 ORDER BY photo_id`,
        )
        .all(),
      decisions: opened.db.prepare('SELECT * FROM person_fact').all(),
    }
  } finally {
    closeLibrary(opened)
  }
}

const external = (location: string): Uint8Array =>
  proto.onnx.ModelProto.encode({
    irVersion: 8,
    graph: {
      initializer: [{ name: 'w', dataLocation: 1, externalData: [{ key: 'location', value: location }] }],
    },
  }).finish()

describe('kartoteka models', () => {
  it('lists the app’s own, those of the zoo and what is known of each', async () => {
    const list = await listed()
    expect(list[0]).toMatchObject({
      id: 'googlenet',
      used: true,
      here: true,
      hasFeatures: true,
      cutOffs: 'measured',
    })
    expect(await one('resnet50-v1')).toMatchObject({
      here: false,
      bytes: 102_576_593,
      interface: { input: { layout: 'nchw', order: 'rgb' }, output: 'logits' },
      licence: 'Apache-2.0',
      published: { first: 74.97, five: 92.33 },
      hasFeatures: false,
      order: 'documented',
    })
    const { stdout } = await models()
    expect(stdout).toContain('ResNet50')
  })

  it('takes in a file, tries it, has it look at all photos even when killed on the way, and back; decisions stay', async () => {
    await kartotekaJsonHere([
      'rate',
      join(photos, readdirSync(photos)[0] ?? ''),
      '--stars',
      '4',
      '--library',
      library,
    ])
    const before = contents()
    const added = await modelsHere('add', path, ...how)
    expect(added).toMatchObject({ name: 'Mine', origin: 'person', order: 'unknown' })
    ;({ id } = added as { readonly id: string })
    expect(await modelsHere('try', 'mine')).toMatchObject({ outcome: 'works', recognised: 4 })
    expect(await one(id)).toMatchObject({ order: 'recognised', used: false, trial: { outcome: 'works' } })

    const killed = startKartoteka(['models', 'use', id, '--library', library])
    const gone = once(killed, 'exit')
    for (;;) {
      const seen = contents().tags.filter(({ network }) => network === id).length
      if (seen > 0 || killed.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    if (killed.exitCode === null) process.kill(-(killed.pid ?? 0), 'SIGKILL')
    await gone
    // Whatever it was in the midst of, every photo has the whole of one network's tags.
    expect(contents().tags).toHaveLength(count)

    expect(await modelsJson('use', 'googlenet')).toMatchObject({ inferences: 0 })
    expect(contents()).toEqual(before)
    await modelsJson('use', id)
    expect(contents().tags.map(({ network }) => network)).toEqual(Array(count).fill(id))
    expect(contents().decisions).toEqual(before.decisions)
    expect(await one('googlenet')).toMatchObject({ used: false, kept: { photos: count } })
    expect(await modelsJson('use', 'GoogLeNet')).toMatchObject({ inferences: 0, model: null })
    expect(contents()).toEqual(before)
    expect(await modelsHere('free', id)).toMatchObject({ freed: [{ id, photos: count }] })
    expect(existsSync(join(library, 'networks', id))).toBe(false)
  })

  it.each([
    [
      'cut.onnx',
      content.subarray(0, content.length / 2),
      'cut.onnx is cut off or damaged. Fetch it once more.',
    ],
    ['letter.onnx', Buffer.from('Dear reader'), 'letter.onnx is no ONNX file'],
    [
      'outside.onnx',
      external('../secret.bin'),
      'outside.onnx wants to read ../secret.bin, outside its folder',
    ],
    ['rooted.onnx', external('/etc/passwd'), 'rooted.onnx wants to read /etc/passwd, outside its folder'],
    ['linked.onnx', external('link.bin'), 'linked.onnx wants to read link.bin, outside its folder'],
    ['lone.onnx', external('lone.bin'), 'lone.onnx keeps its constants in lone.bin, which is not beside it'],
  ])('%s: a sentence that names it, and nothing is kept', async (name, bytes, message) => {
    writeFileSync(join(files, name), bytes)
    if (name === 'linked.onnx') symlinkSync('/etc/passwd', join(files, 'link.bin'))
    const { status, stderr } = await models('add', join(files, name), ...how)
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)])
    expect(existsSync(join(library, 'networks')) ? readdirSync(join(library, 'networks')) : []).toEqual(
      existsSync(join(library, 'networks', 'trials.json')) ? ['trials.json'] : [],
    )
  })

  it('a file that must be described is not taken in without; the network in use goes on', async () => {
    expect((await models('add', path)).stderr).toContain('Say how it takes photos')
    expect((await models('use', 'nothing')).stderr).toContain('`kartoteka models` lists')
    expect(await one('googlenet')).toMatchObject({ used: true })
  })
})
