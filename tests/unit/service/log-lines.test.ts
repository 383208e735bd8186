import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boundLog, logLine, logLines } from '../../../electron/service/log-lines.ts'
import { eventually } from '../../fixtures/eventually.ts'

describe('a line of the log', () => {
  it('is one line, whatever stands in it', () => {
    const line = logLine('No folder a\nA new one: http://127.0.0.1:1/?token=x\r\u2028\u2029\u0085')
    expect(line).not.toMatch(/[\n\r\u2028\u2029\u0085]/u)
    expect(line).toContain('a\\nA new one')
  })

  it('cannot steer a terminal, nor turn the direction of writing', () => {
    expect(logLine('\u001b[2J\u009b31m\u0007')).toBe('\\u001b[2J\\u009b31m\\u0007')
    expect(logLine('gpj.\u202eexe')).toBe('gpj.\\u202eexe')
  })

  it('keeps what people write', () => {
    expect(logLine('Отпуск 2024/Zürich — 日本.jpg 🦓')).toBe('Отпуск 2024/Zürich — 日本.jpg 🦓')
  })

  it('is not as long as its writer likes', () => {
    expect(logLine('x'.repeat(1_000_000)).length).toBeLessThan(5000)
  })
})

describe('what strangers can cause', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is told so many times and then counted', () => {
    const told: string[] = []
    const log = boundLog((line) => told.push(line), { lines: 3, within: 1000 })
    for (let index = 0; index < 10_000; index += 1) log(`line ${index}`)
    expect(told).toEqual(['line 0', 'line 1', 'line 2'])
    vi.advanceTimersByTime(1000)
    expect(told.at(-1)).toContain('9997 more lines')
    log('later')
    expect(told.at(-1)).toBe('later')
    vi.advanceTimersByTime(1000)
    expect(told.at(-1)).toBe('later')
  })
})

describe('what a process writes', () => {
  it('is handed over line by line, however it comes, and an error of the pipe is none of ours', async () => {
    const stream = new PassThrough()
    const told: string[] = []
    logLines(stream, (line) => told.push(line))
    const bytes = Buffer.from('Zürich\nsecond\nlast')
    stream.write(bytes.subarray(0, 2))
    stream.write(bytes.subarray(2))
    stream.end()
    await eventually(() => {
      expect(told).toEqual(['Zürich', 'second', 'last'])
    })
    stream.emit('error', new Error('read ECONNRESET'))
  })
})
