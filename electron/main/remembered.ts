import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'

/** What the window remembers between two runs; nothing of the library. */
const remembered = v.object({
  bounds: v.nullable(
    v.object({
      x: v.pipe(v.number(), v.integer()),
      y: v.pipe(v.number(), v.integer()),
      width: v.pipe(v.number(), v.integer(), v.minValue(1)),
      height: v.pipe(v.number(), v.integer(), v.minValue(1)),
      maximized: v.boolean(),
    }),
  ),
  lastFolder: v.nullable(v.string()),
})
type Remembered = v.InferOutput<typeof remembered>
export type SavedBounds = NonNullable<Remembered['bounds']>

const nothing: Remembered = { bounds: null, lastFolder: null }

export interface Memory {
  readonly get: () => Remembered
  /** Written to disk by and by; what cannot be written is forgotten, since it is only comfort. */
  readonly set: (change: Partial<Remembered>) => void
}

/** @param file JSON; missing, damaged or foreign content counts as nothing remembered. */
export function openMemory(file: string): Memory {
  let state = read(file)
  let writing = Promise.resolve()
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change }
      const text = JSON.stringify(state)
      writing = writing.then(() => store(file, text)).catch(() => {})
    },
  }
}

function read(file: string): Remembered {
  try {
    const parsed = v.safeParse(remembered, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.output : nothing
  } catch {
    return nothing
  }
}

async function store(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}
