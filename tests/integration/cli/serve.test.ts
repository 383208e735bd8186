import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, enter } from '../../fixtures/page-client.ts'
import { until } from '../../fixtures/running-shell.ts'
import { startServer } from '../../fixtures/served-shell.ts'
import { kartotekaCommand, newFolder, removeFolder, startKartoteka } from './kartoteka.ts'

let folder = ''
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => {
  removeFolder(folder)
})

/** util-linux's `script` gives a program a terminal of its own. */
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script')

function inTerminal(command: string): { readonly child: ChildProcess; readonly shown: () => string } {
  const child = spawn('/usr/bin/script', [
    '--quiet',
    '--flush',
    '--return',
    '--command',
    command,
    '/dev/null',
  ])
  const shown: string[] = []
  child.stdout.on('data', (text: Buffer) => shown.push(text.toString()))
  return { child, shown: () => shown.join('') }
}

const linksIn = (text: string): string[] => text.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/g) ?? []

describe('a person at the terminal', () => {
  it.runIf(hasTerminal)('gets a link with Enter, and strangers cause none', async () => {
    const { child, shown } = inTerminal(kartotekaCommand(['serve', '--library', folder]))
    const ended = new Promise((resolve) => child.once('exit', resolve))
    try {
      const [first = ''] = await until(
        () => linksIn(shown()),
        (links) => links.length === 1,
      )
      expect(shown()).toContain('Enter makes another one')
      const { cookie } = await enter(first)
      const { origin, pathname, search } = new URL(first)
      expect((await ask(origin, pathname + search)).status).toBe(403)
      expect((await ask(origin, '/again', { cookie })).status).toBe(403)
      await until(shown, (text) => text.includes('a page without a key'))
      expect(linksIn(shown())).toEqual([first])

      child.stdin?.write('\n')
      const [, second = ''] = await until(
        () => linksIn(shown()),
        (links) => links.length === 2,
      )
      expect((await enter(second)).cookie).not.toBe('')
    } finally {
      // Ctrl-C
      child.stdin?.write('\u0003')
      await ended
    }
  })

  it.runIf(hasTerminal)(
    'is not waited for in the background, where reading would stop the server',
    async () => {
      const serve = kartotekaCommand(['serve', '--library', folder])
      const { child, shown } = inTerminal(`bash -ic '${serve} & server=$!; read; kill $server; wait $server'`)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const [link = ''] = await until(
        () => linksIn(shown()),
        (links) => links.length === 1,
      )
      expect(shown()).not.toContain('Enter makes another one')
      expect((await enter(link)).cookie).not.toBe('')
      child.stdin?.write('\n')
      await ended
    },
  )
})

describe('where there is no terminal', () => {
  it('an address of one’s choice is named with what it opens', async () => {
    const child = startKartoteka(['serve', '--host', '127.0.0.1', '--library', folder], 'pipe')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const said: string[] = []
    child.stderr?.on('data', (text: Buffer) => said.push(text.toString()))
    const text = await until(
      () => said.join(''),
      (all) => all.includes('127.0.0.1'),
    )
    expect(text).toContain('reaches 127.0.0.1 sees the photos. The connection is not encrypted.')
    child.kill('SIGTERM')
    await ended
  })

  it('a link that was used is followed by one new one, however often it is tried', async () => {
    const server = await startServer(folder)
    try {
      const { origin, pathname, search } = new URL(server.url)
      await enter(server.url)
      for (let tried = 0; tried < 50; tried += 1) await ask(origin, pathname + search)
      const links = await until(
        () => linksIn(server.said()),
        (links) => links.length > 0,
      )
      expect(links).toHaveLength(1)
      expect((await enter(links[0] ?? '')).cookie).not.toBe('')
    } finally {
      await server.stop()
    }
  })
})
