import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url))

export interface RunningServer {
  /** A link that works once. */
  readonly url: string
  /** The process that owns the library; there is a new one after a crash. */
  readonly serviceProcess: () => Promise<number>
  readonly stop: () => Promise<void>
}

function run(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function finished(child: ChildProcess): Promise<number> {
  return child.exitCode ?? (await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1))))
}

/** Starts the browser shell as people do, on a free port or the one that is named. */
export async function startServer(library: string, port?: number): Promise<RunningServer> {
  const child = run([
    'serve',
    '--library',
    library,
    '--json',
    ...(port === undefined ? [] : ['--port', `${port}`]),
  ])
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /http:\/\/\S+?(?="|$)/u.exec(line)
      if (found !== null) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said.join('')}`)))
  })
  return {
    url,
    serviceProcess: () => childOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM')
      await finished(child)
    },
  }
}

/** The only child process of `parent`. */
async function childOf(parent: number): Promise<number> {
  const children: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) children.push(Number(name))
  }
  const [only] = children
  if (only === undefined || children.length !== 1)
    throw new Error(`${parent} has ${children.length} children`)
  return only
}

/** Indexes a folder to the end, without a window. */
export async function indexFolder(library: string, folder: string): Promise<void> {
  const child = run(['index', folder, '--library', library, '--json'])
  child.stdout?.resume()
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const status = await finished(child)
  if (status !== 0) throw new Error(`Indexing ended with ${status}: ${said.join('')}`)
}
