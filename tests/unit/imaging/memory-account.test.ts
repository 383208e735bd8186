import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  closeShare,
  isWaiting,
  memoryForDecoding,
  openAccount,
  openShare,
  sharedMemory,
  type DecodingMemory,
} from '../../../electron/core/imaging/decode/memory-account.ts'

const megabyte = 1024 * 1024
const total = memoryForDecoding(2)

function threads(count: number): {
  account: SharedArrayBuffer
  shares: SharedArrayBuffer[]
  each: DecodingMemory[]
} {
  const account = openAccount(total)
  const shares = Array.from({ length: count }, openShare)
  return { account, shares, each: shares.map((share) => sharedMemory(account, share, total)) }
}

const free = (account: SharedArrayBuffer): number => (new Int32Array(account)[0] ?? 0) * megabyte

describe('memory for decoding', () => {
  it('is never given out twice, and everyone gets some in the end', async () => {
    const picture = fc.record({
      thread: fc.nat(2),
      bytes: fc.integer({ min: 0, max: 2 * total }),
      turns: fc.nat(3),
      fails: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(picture, { maxLength: 30 }), async (pictures) => {
        const { account, shares, each } = threads(3)
        let inUse = 0
        let most = 0
        const decode = async ({ thread, bytes, turns, fails }: (typeof pictures)[number]): Promise<void> =>
          each[thread]?.hold(bytes, async () => {
            const noted = bytes < 16 * megabyte ? 0 : Math.floor(Math.min(bytes, total) / megabyte) * megabyte
            inUse += noted
            most = Math.max(most, inUse)
            for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
            inUse -= noted
            if (fails) throw new Error('damaged')
          })
        const endings = await Promise.allSettled(pictures.map(decode))
        expect(endings.map(({ status }) => status === 'rejected')).toEqual(pictures.map(({ fails }) => fails))
        expect(most).toBeLessThanOrEqual(total)
        expect(free(account)).toBe(total)
        expect(shares.some(isWaiting)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('is waited for, which can be seen from outside, and comes back from a thread that is no more', async () => {
    const { account, shares, each } = threads(2)
    const [gone, patient] = shares
    void each[0]?.hold(total, () => new Promise(() => {}))
    await new Promise(setImmediate)
    const decoded = each[1]?.hold(100 * megabyte, () => Promise.resolve('decoded'))
    await new Promise(setImmediate)
    expect(shares.map(isWaiting)).toEqual([false, true])
    if (gone !== undefined) closeShare(account, gone)
    expect(await decoded).toBe('decoded')
    expect(patient !== undefined && isWaiting(patient)).toBe(false)
    expect(free(account)).toBe(total)
  })

  it('is not waited for by pictures that need little', async () => {
    const { each } = threads(2)
    void each[0]?.hold(total, () => new Promise(() => {}))
    await new Promise(setImmediate)
    expect(await each[1]?.hold(megabyte, () => Promise.resolve('decoded'))).toBe('decoded')
  })

  it('holds the largest picture that is let in, and grows with the threads', () => {
    expect(memoryForDecoding(1)).toBe(400 * megabyte)
    expect(memoryForDecoding(2)).toBe(400 * megabyte)
    expect(memoryForDecoding(8)).toBe((400 + 6 * 96) * megabyte)
  })
})
