import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const entry = resolve(import.meta.dirname, '../../../electron/cli/main.ts')

export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as people do: another process, the real model, the real threads. `uid`: as another user. */
export function kartoteka(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  uid?: number,
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = {
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
      ...(uid === undefined ? {} : { uid }),
    }
    execFile(process.execPath, [entry, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/** The same with `--json`; what it printed must be one JSON document. */
export async function kartotekaJson(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { status, stdout, stderr } = await kartoteka([...args, '--json'], env)
  if (status !== 0) throw new Error(`kartoteka ${args.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

/** The same as a line for a Unix shell. */
export function kartotekaCommand(args: readonly string[]): string {
  return [process.execPath, entry, ...args].map((arg) => JSON.stringify(arg)).join(' ')
}

/** Starts it in a process group of its own, so that it can be killed with everything it started. */
export function startKartoteka(args: readonly string[], stdio: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  return spawn(process.execPath, [entry, ...args], { detached: true, stdio })
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kartoteka-test-'))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
