import { spawn } from 'node:child_process'

/**
 * Runs a program to its end, or until the signal ends it at once.
 * @param onMessage what it tells the process that started it; without it there is no channel for that
 * @returns `null`, or why it failed: the end of what it wrote to its standard error, or why it could not be started
 */
export function runScript(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  onMessage?: (message: unknown) => void,
): Promise<string | null> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
    signal,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text.toString()}`.slice(-2000)
  })
  // What a broken pipe keeps from us is only why it failed.
  child.stderr?.on('error', () => {})
  if (onMessage) child.on('message', onMessage)
  return new Promise((resolve) => {
    child.on('error', ({ message }) => {
      resolve(message)
    })
    child.once('close', (code) => {
      resolve(code === 0 ? null : said.trim())
    })
  })
}
