import { describe, expect, test } from 'vitest'
import { createClassifier, DeviceLostError } from '../../../electron/core/classify/create-classifier.ts'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { rightPorts, standIn, standInModels } from '../../fixtures/session-stand-in.ts'

describe('a classifier', () => {
  const model = standInModels.fp32
  const [trafficLight] = goldenPictures()
  const photo = trafficLight?.rgb ?? new Uint8Array()

  test('gives probabilities, and the rest only when asked', async () => {
    const classifier = await createClassifier({ model, provider: 'cpu' }, standIn({ cpu: {} }).open)
    const cheap = await classifier.classify(photo, 'probabilities')
    expect(topFive(cheap.probabilities)[0]?.classIndex).toBe(920)
    expect([cheap.features.length, cheap.block.length]).toEqual([0, 0])
    const full = await classifier.classify(photo, 'everything')
    expect([full.features.length, full.block.length]).toEqual([1024, 7 * 7 * 1024])
    await classifier.release()
  })

  test('says which model and provider it runs', async () => {
    const classifier = await createClassifier({ model, provider: 'dml' }, standIn({ dml: {} }).open)
    expect([classifier.identity, classifier.provider]).toEqual([model.identity, 'dml'])
    await classifier.release()
  })

  test('refuses pixels of another size', async () => {
    const classifier = await createClassifier({ model, provider: 'cpu' }, standIn({ cpu: {} }).open)
    await expect(classifier.classify(new Uint8Array(3), 'probabilities')).rejects.toThrow(RangeError)
    await classifier.release()
  })

  test('finishes the run in flight before it lets go', async () => {
    const runtime = standIn({ cpu: {} })
    const classifier = await createClassifier({ model, provider: 'cpu' }, runtime.open)
    const run = classifier.classify(photo, 'probabilities')
    await classifier.release()
    expect((await run).probabilities).toHaveLength(1000)
    expect(runtime.openNow()).toBe(0)
  })

  test('runs one photo at a time', async () => {
    const order: number[] = []
    const runtime = standIn({ cpu: { distort: (_probabilities, run) => order.push(run) } })
    const classifier = await createClassifier({ model, provider: 'cpu' }, runtime.open)
    await Promise.all([1, 2, 3].map(() => classifier.classify(photo, 'probabilities')))
    expect(order).toEqual([0, 1, 2])
    await classifier.release()
  })

  test.each([
    [
      'another input',
      { ...rightPorts, inputs: [{ name: 'data_0', type: 'float32', shape: [1, 3, 224, 224] }] },
    ],
    ['two inputs', { ...rightPorts, inputs: [...rightPorts.inputs, ...rightPorts.inputs] }],
    ['a missing output', { ...rightPorts, outputs: rightPorts.outputs.slice(0, 2) }],
    [
      'an output of another shape',
      {
        ...rightPorts,
        outputs: [...rightPorts.outputs.slice(1), { name: 'prob', type: 'float32', shape: ['batch', 21841] }],
      },
    ],
  ])('refuses a model with %s and says which file it is', async (_what, ports) => {
    const runtime = standIn({ cpu: {} }, ports)
    await expect(createClassifier({ model, provider: 'cpu' }, runtime.open)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(model.path),
    })
    expect(runtime.openNow()).toBe(0)
  })

  test('blames the file when the CPU cannot open it', async () => {
    const runtime = standIn({ cpu: { createError: 'Protobuf parsing failed.' } })
    await expect(createClassifier({ model, provider: 'cpu' }, runtime.open)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(`${model.path} cannot be loaded: Protobuf parsing failed.`),
    })
  })

  test('blames the device when a GPU cannot open it', async () => {
    const runtime = standIn({ dml: { createError: '80070057 The parameter is incorrect.' } })
    await expect(createClassifier({ model, provider: 'dml' }, runtime.open)).rejects.toThrow(DeviceLostError)
  })

  test('tells when the device goes away in the middle of the work', async () => {
    const classifier = await createClassifier(
      { model, provider: 'dml' },
      standIn({ dml: { failFrom: 2 } }).open,
    )
    await classifier.classify(photo, 'probabilities')
    await classifier.classify(photo, 'probabilities')
    await expect(classifier.classify(photo, 'probabilities')).rejects.toThrow(/dml failed: 887A0005/)
    await expect(classifier.classify(photo, 'probabilities')).rejects.toThrow(DeviceLostError)
    await classifier.release()
  })

  test('takes no nonsense from a GPU', async () => {
    const nonsense = standIn({ cuda: { distort: (probabilities) => probabilities.fill(Number.NaN) } })
    const classifier = await createClassifier({ model, provider: 'cuda' }, nonsense.open)
    await expect(classifier.classify(photo, 'probabilities')).rejects.toThrow(DeviceLostError)
    await classifier.release()
  })
})
