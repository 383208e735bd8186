const megabyte = 1024 * 1024
/** Pictures that need less than this do not wait: such are decoded row by row, or small. */
const noted = 16 * megabyte
/** What two threads share: more than one photo takes as a rule, so that as a rule the service stays below 700 MB. */
const sharedAtMost = 400 * megabyte
/** A picture of 12 megapixels in HEIC that is not stored in tiles. */
const usualLarge = 96 * megabyte

/** Lets a picture be decoded when there is memory for it. */
export interface DecodingMemory {
  /**
   * Does `work` while `bytes` are set aside for it, after waiting until so many are free. More than there are at all
   * means all of them. Rejects as `work` does.
   */
  readonly hold: <Value>(bytes: number, work: () => Promise<Value>) => Promise<Value>
}

/** For anyone who decodes one picture at a time. */
export const unsharedMemory: DecodingMemory = { hold: (_, work) => work() }

/**
 * What the threads of one process may take together for decoding, in bytes, and for every thread beyond two as much as
 * an ordinary large picture, so that many cores are not kept waiting. A picture that needs more has it to itself.
 */
export function memoryForDecoding(threads: number): number {
  return sharedAtMost + Math.max(0, threads - 2) * usualLarge
}

/** Memory that threads share: one Int32, the free megabytes. */
export function openAccount(bytes: number): SharedArrayBuffer {
  const account = new SharedArrayBuffer(4)
  new Int32Array(account)[0] = Math.floor(bytes / megabyte)
  return account
}

/** What one thread has of an account: the megabytes it holds, and how many of its pictures wait for some. */
export function openShare(): SharedArrayBuffer {
  return new SharedArrayBuffer(8)
}
const held = 0
const waiting = 1

export function isWaiting(share: SharedArrayBuffer): boolean {
  return Atomics.load(new Int32Array(share), waiting) > 0
}

/** What a thread held that is no more goes back to the others. */
export function closeShare(account: SharedArrayBuffer, share: SharedArrayBuffer): void {
  giveBack(new Int32Array(account), Atomics.exchange(new Int32Array(share), held, 0))
}

/**
 * The part of a thread in an account that others use, too.
 * @param total The bytes the account was opened with.
 */
export function sharedMemory(
  account: SharedArrayBuffer,
  share: SharedArrayBuffer,
  total: number,
): DecodingMemory {
  const free = new Int32Array(account)
  const own = new Int32Array(share)
  return {
    hold: async (bytes, work) => {
      if (bytes < noted) return work()
      const wanted = Math.floor(Math.min(bytes, total) / megabyte)
      Atomics.add(own, waiting, 1)
      await take(free, wanted)
      Atomics.add(own, held, wanted)
      Atomics.sub(own, waiting, 1)
      try {
        return await work()
      } finally {
        Atomics.sub(own, held, wanted)
        giveBack(free, wanted)
      }
    },
  }
}

async function take(free: Int32Array<SharedArrayBuffer>, wanted: number): Promise<void> {
  for (;;) {
    const now = Atomics.load(free, 0)
    if (now < wanted) await Atomics.waitAsync(free, 0, now).value
    else if (Atomics.compareExchange(free, 0, now, now - wanted) === now) return
  }
}

function giveBack(free: Int32Array<SharedArrayBuffer>, megabytes: number): void {
  Atomics.add(free, 0, megabytes)
  Atomics.notify(free, 0)
}
