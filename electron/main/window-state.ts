import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'

/** What the window remembers between two runs; nothing of the library. */
const stored = v.object({
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
type WindowState = v.InferOutput<typeof stored>
export type WindowBounds = NonNullable<WindowState['bounds']>

const nothing: WindowState = { bounds: null, lastFolder: null }

export interface WindowStateStore {
  readonly get: () => WindowState
  /**
   * On the disk when it returns, since the window closes while the program ends; what cannot be written is
   * forgotten, since it is only comfort.
   */
  readonly set: (change: Partial<WindowState>) => void
}

/** @param file JSON; missing, damaged or foreign content counts as nothing. */
export function openWindowState(file: string): WindowStateStore {
  let state = read(file)
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change }
      store(file, JSON.stringify(state))
    },
  }
}

function read(file: string): WindowState {
  try {
    const parsed = v.safeParse(stored, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.output : nothing
  } catch {
    return nothing
  }
}

function store(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    // It names a folder of the person's.
    writeFileSync(`${file}.new`, text, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch {
    // A full or read-only disk.
  }
}
