import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contactsIn, watchedFor } from '../../fixtures/contacts.ts'
import { ask, openPage } from '../../fixtures/page-client.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { until } from '../../fixtures/running-shell.ts'
import { startServer, type RunningServer } from '../../fixtures/served-shell.ts'
import { kartotekaJson, newFolder, removeFolder } from './kartoteka.ts'

const run = promisify(execFile)
let folder = ''
let contacts = ''
let server: RunningServer | null = null

beforeEach(() => {
  folder = newFolder()
  contacts = join(folder, 'contacts')
  writeFileSync(contacts, '')
})
afterEach(async () => {
  await server?.stop()
  server = null
  removeFolder(folder)
})

describe('unasked, nobody is contacted', () => {
  it('by what reads, tags and finds photos on the command line', async () => {
    const photos = join(folder, 'photos')
    copyPhotos(photos, 3)
    const [library, env] = [join(folder, 'library'), watchedFor(contacts)]
    expect(await kartotekaJson(['index', photos, '--library', library], env)).toMatchObject({ inferences: 3 })
    await kartotekaJson(['search', 'zebra', '--library', library], env)
    expect(contactsIn(contacts)).toEqual([])
  })

  it('by the browser shell and its service, and only this computer can reach it', async () => {
    const started = await startServer(join(folder, 'library'), { env: watchedFor(contacts) })
    server = started
    const page = await openPage(started.url)
    page.send(JSON.stringify({ id: 1, call: 'getStatus', input: null }))
    await until(
      () => page.messages,
      (messages) => messages.some(({ id }) => id === 1),
    )
    expect((await ask(new URL(started.url).origin, '/')).status).toBe(403)
    page.close()
    expect(contactsIn(contacts)).toEqual([])

    const others = Object.values(networkInterfaces())
      .flatMap((addresses = []) => addresses)
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    const { port } = new URL(started.url)
    for (const { address } of others) expect(await isOpen(address, Number(port))).toBe(false)
  })

  it('and a contact would be seen, whoever makes it', async () => {
    const home = createServer((_request, response) => response.end('here'))
    home.listen(0, '127.0.0.1')
    await once(home, 'listening')
    const { port } = home.address() as AddressInfo
    const caller = `const code = 'data:text/javascript,await (await fetch("http://localhost:${port}/")).text()'
      fetch('http://127.0.0.1:${port}/').then(() => import(code))`
    await run(process.execPath, ['-e', caller], { env: { ...process.env, ...watchedFor(contacts) } })
    home.close()
    expect(contactsIn(contacts)).toEqual([`127.0.0.1:${port}`, `localhost:${port}`, 'name localhost'])
  })
})

async function isOpen(address: string, port: number): Promise<boolean> {
  const socket = connect({ host: address, port, timeout: 5000 })
  return new Promise((resolve) => {
    const end = (open: boolean) => () => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}
