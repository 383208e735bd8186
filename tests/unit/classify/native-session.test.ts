import { listSupportedBackends } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { openNativeSession } from '../../../electron/core/classify/native-session.ts'
import { providerNames } from '../../../electron/core/classify/providers.ts'

it('a provider that ONNX Runtime was built without is refused, not replaced by the CPU in silence', async () => {
  const there = new Set<string>(listSupportedBackends().map(({ name }) => name))
  const absent = providerNames.filter((name) => !there.has(name))
  expect(absent).not.toEqual([])
  for (const provider of absent) {
    await expect(openNativeSession('any.onnx', provider)).rejects.toThrow(`built without ${provider}`)
  }
})
