import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sensitivities } from './compress.ts'
import { layerInputs } from './input-statistics.ts'

/**
 * How much the rounding of a layer's weights tells in the network's answers: the mean divergence that it causes when no
 * other layer is rounded, for each weight and squared step. Measured on photos by `measure-sensitivities.ts` and kept in
 * a file.
 */
export const sensitivitiesFile = join(import.meta.dirname, 'sensitivities.tsv')

export function formatSensitivities(sensitivities: Sensitivities): string {
  const lines = [...sensitivities].map(([layer, value]) => `${layer}\t${value.toExponential(1)}`)
  return ['layer\tsensitivity', ...lines, ''].join('\n')
}

/** @throws Error that names the first layer without a positive number. */
export function readSensitivities(text: string = readFileSync(sensitivitiesFile, 'utf8')): Sensitivities {
  const [, ...lines] = text.trimEnd().split('\n')
  const found = new Map(
    lines.map((line) => {
      const [layer = '', value = ''] = line.split('\t')
      return [layer, Number(value)] as const
    }),
  )
  for (const { layer } of layerInputs()) {
    if (!((found.get(layer) ?? 0) > 0)) {
      throw new Error(`${sensitivitiesFile} should have a positive number for ${layer}`)
    }
  }
  return found
}
