import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../../electron/cli/command-line.ts'
import { testedCommandLine } from '../../fixtures/bundled.ts'

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
    execFile(process.execPath, [testedCommandLine(), ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/**
 * Runs a command in this process, where a process of its own shows nothing more: it costs a twentieth. For commands that
 * end by themselves and start no service. One at a time.
 */
export async function kartotekaHere(args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const listen = (name: keyof typeof said): (() => void) => {
    const stream = process[name]
    const { write } = stream
    const keep = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      said[name] += String(chunk)
      const done = rest.find((argument) => typeof argument === 'function')
      if (done !== undefined) process.nextTick(done as () => void)
      return true
    }
    stream.write = keep
    return () => {
      stream.write = write
    }
  }
  const ends = [listen('stdout'), listen('stderr')]
  try {
    const status = await runCommand(args)
    return { status, ...said }
  } finally {
    for (const end of ends) end()
  }
}

/** `kartoteka` with `--json`; what it printed must be one JSON document. */
export async function kartotekaJson(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  return documentOf(args, await kartoteka([...args, '--json'], env))
}

/** `kartotekaHere` with `--json`. */
export async function kartotekaJsonHere(args: readonly string[]): Promise<unknown> {
  return documentOf(args, await kartotekaHere([...args, '--json']))
}

function documentOf(args: readonly string[], { status, stdout, stderr }: Ended): unknown {
  if (status !== 0) throw new Error(`kartoteka ${args.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

/** The same as a line for a Unix shell. */
export function kartotekaCommand(args: readonly string[]): string {
  return [process.execPath, testedCommandLine(), ...args].map((arg) => JSON.stringify(arg)).join(' ')
}

/** Starts it in a process group of its own, so that it can be killed with everything it started. */
export function startKartoteka(args: readonly string[], stdio: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  return spawn(process.execPath, [testedCommandLine(), ...args], { detached: true, stdio })
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kartoteka-test-'))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
