/** ONNX Runtime's ways to run a model that we know how to use. */
export const providerNames = ['cpu', 'dml', 'coreml', 'cuda', 'webgpu'] as const
export type ProviderName = (typeof providerNames)[number]

/** What the user may ask for. */
export type ProviderPreference = 'auto' | ProviderName

/**
 * Providers worth a try besides the CPU on a platform, best first; says nothing about whether they work.
 * WebGPU is experimental in ONNX Runtime and tried only on request.
 */
export function gpuCandidates(
  preference: ProviderPreference,
  platform: NodeJS.Platform,
  arch: string,
): readonly ProviderName[] {
  if (preference === 'cpu') return []
  if (preference !== 'auto') return [preference]
  if (platform === 'win32') return ['dml']
  if (platform === 'darwin' && arch === 'arm64') return ['coreml']
  if (platform === 'linux' && arch === 'x64') return ['cuda']
  return []
}
