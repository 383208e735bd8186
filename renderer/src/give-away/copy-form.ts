import { reactive, watch } from 'vue'
import {
  namePlaceholders,
  unknownPlaceholder,
  type CopyOptions,
} from '../../../electron/core/contract/copies.ts'

/** What stands in the dialog, also what is not chosen at the moment. */
export interface CopyForm {
  kind: CopyOptions['as']['kind']
  sidecars: boolean
  /** Pixels of the longer side; 0: all there are. */
  side: number
  quality: number
  metadata: 'all' | 'without-place' | 'none'
  named: 'kept' | 'pattern'
  pattern: string
  /** Where there is a choice. */
  where: 'download' | 'folder'
  folder: string
}

/** Sizes that are offered: for mail, for a screen, for a large one. */
export const sides = [0, 1280, 2048, 3840] as const
export const metadataKinds = ['all', 'without-place', 'none'] as const

const usual: CopyForm = {
  kind: 'original',
  sidecars: false,
  side: 2048,
  quality: 85,
  metadata: 'all',
  named: 'kept',
  pattern: '{date} {name}',
  where: 'download',
  folder: '',
}

const keptAs = 'kartoteka.copies'

/** As it was filled in last; it is kept for the next time. */
export function useCopyForm(): CopyForm {
  const form = reactive<CopyForm>({ ...usual, ...kept() })
  watch(form, (now) => {
    localStorage.setItem(keptAs, JSON.stringify(now))
  })
  return form
}

/** What was kept and still means something; a page may hold anything under any name. */
function kept(): Partial<CopyForm> {
  try {
    const found = JSON.parse(localStorage.getItem(keptAs) ?? '{}') as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      Object.entries(usual)
        .filter(([key, value]) => typeof found[key] === typeof value)
        .map(([key]) => [key, found[key]]),
    )
  } catch {
    return {}
  }
}

/** Whether what stands there can be the quality of a JPEG; an empty box is no number. */
export function isQuality(form: Pick<CopyForm, 'quality'>): boolean {
  const quality = Number(form.quality)
  return Number.isInteger(quality) && quality >= 1 && quality <= 100
}

/** `null` where something is still to be filled in. */
export function optionsOf(form: CopyForm): CopyOptions | null {
  const pattern = form.pattern.trim()
  if (form.named === 'pattern' && (pattern === '' || unknownPlaceholder(pattern) !== null)) return null
  const { kind, sidecars, side, metadata } = form
  const quality = Number(form.quality)
  if (kind === 'jpeg' && !isQuality(form)) return null
  return {
    names: form.named === 'pattern' ? pattern : null,
    as:
      kind === 'original'
        ? { kind: 'original', sidecars }
        : { kind: 'jpeg', side: side === 0 ? null : side, quality, metadata },
  }
}

/** "{name} {date} …" */
export const placeholderList = namePlaceholders.map((name) => `{${name}}`).join(' ')

/** A part in braces that means nothing, in its braces. */
export function unknownPart({ named, pattern }: CopyForm): string | null {
  const unknown = named === 'pattern' ? unknownPlaceholder(pattern) : null
  return unknown === null ? null : `{${unknown}}`
}
