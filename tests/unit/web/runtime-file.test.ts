import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readRuntime, runtimeFileOf, writeRuntime } from '../../../electron/web/runtime-file.ts'

const digest = (letter: string): string => letter.repeat(43)
const runtime = {
  port: 5000,
  sessions: [{ cookie: digest('c'), call: digest('k'), picture: digest('p') }],
}
const hasModes = process.platform !== 'win32'
let folder = ''
let file = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-runtime-'))
  file = join(folder, 'below', 'shell.json')
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true })
})

describe('what is kept over a restart', () => {
  it('is found again, and nothing is left beside it', async () => {
    writeRuntime(file, runtime)
    writeRuntime(file, { ...runtime, port: 5001 })
    expect(readRuntime(file)).toEqual({ ...runtime, port: 5001 })
    expect(await readdir(dirname(file))).toEqual(['shell.json'])
  })

  it.runIf(hasModes)('is for its owner alone, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      writeRuntime(file, runtime)
    } finally {
      process.umask(before)
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700)
  })

  it.runIf(hasModes)('closes a folder that was open to others before', async () => {
    await mkdir(dirname(file))
    await chmod(dirname(file), 0o755)
    writeRuntime(file, runtime)
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700)
  })

  it.runIf(hasModes)('is not believed when others could have read or written it', async () => {
    writeRuntime(file, runtime)
    for (const mode of [0o604, 0o640, 0o602]) {
      await chmod(file, mode)
      expect(readRuntime(file)).toBeNull()
    }
    await chmod(file, 0o600)
    const other = join(folder, 'link.json')
    await symlink(file, other)
    expect(readRuntime(other)).toBeNull()
  })

  it('is good for a day', () => {
    vi.useFakeTimers()
    writeRuntime(file, runtime)
    vi.setSystemTime(Date.now() + 23 * 3_600_000)
    expect(readRuntime(file)).toEqual(runtime)
    vi.setSystemTime(Date.now() + 2 * 3_600_000)
    expect(readRuntime(file)).toBeNull()
    vi.setSystemTime(Date.now() - 48 * 3_600_000)
    expect(readRuntime(file)).toBeNull()
  })

  it('is removed when it is old, also that of another library', async () => {
    const former = join(dirname(file), 'former.json')
    writeRuntime(former, runtime)
    const longAgo = new Date(Date.now() - 48 * 3_600_000)
    await utimes(former, longAgo, longAgo)
    writeRuntime(file, runtime)
    expect(await readdir(dirname(file))).toEqual(['shell.json'])
  })

  it('is nothing when it is no such file', async () => {
    expect(readRuntime(file)).toBeNull()
    expect(readRuntime(folder)).toBeNull()
    writeRuntime(file, runtime)
    const whole = await readFile(file, 'utf8')
    for (const text of ['', '{}', whole.slice(1), whole.replace('5000', '0'), `${whole}${' '.repeat(1e6)}`]) {
      await writeFile(file, text)
      expect(readRuntime(file)).toBeNull()
    }
  })

  it('has a name of its own for each library, and lies in none', () => {
    const [one, other] = ['/photos/library', '/photos/other'].map(runtimeFileOf)
    expect(one).not.toBe(other)
    expect(one).not.toContain('/photos')
  })
})
