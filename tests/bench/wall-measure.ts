import type { CDPSession, Page } from '@playwright/test'

/** What the wall of one library costs the window. */
export interface WallFigures {
  readonly photos: string
  /** From the start of the navigation to the first photos of the list on the screen. */
  readonly firstScreenMs: number
  readonly phases: readonly Phase[]
  /** Longest time between two frames: what the eye sees, and what else this machine was doing. */
  readonly longestFrameMs: number
  /** Longest piece of work of the page's main thread in processor time: what the page itself is to blame for. */
  readonly longestTaskMs: number
  /** Before and after every phase, after a garbage collection. */
  readonly heapMB: readonly number[]
  readonly elements: readonly number[]
}

/** What one way to move costs. */
export interface Phase {
  readonly name: string
  readonly frames: number
  readonly longestFrameMs: number
  /** 95 of 100 frames were no longer than this. */
  readonly usualFrameMs: number
  readonly longestTaskMs: number
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Lengths of the frames since the last call, by the page's own clock. */
export async function frames(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const recorder = window as unknown as { frames?: number[] }
    const taken = recorder.frames ?? []
    recorder.frames = []
    return taken
  })
}

export async function startRecording(page: Page): Promise<void> {
  await page.evaluate(() => {
    const recorder = window as unknown as { frames?: number[] }
    recorder.frames = []
    let last = performance.now()
    const tick = (now: number) => {
      recorder.frames?.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
}

async function memory(session: CDPSession): Promise<{ heapMB: number; elements: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { heapMB: value('JSHeapUsedSize') / 1e6, elements: value('Nodes') }
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Watches the tasks of the page's main thread; the returned function ends it and gives the longest, in ms. */
export async function watchTasks(session: CDPSession): Promise<() => Promise<number>> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: object[] }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.name === 'thread_name' || (event.tdur ?? 0) > 4000) events.push(event)
  }
  session.on('Tracing.dataCollected', collect)
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel'] } })
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
    await session.send('Tracing.end')
    await complete
    session.off('Tracing.dataCollected', collect)
    const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    const tasks = events.filter(({ pid, tid }) => main.some((one) => one.pid === pid && one.tid === tid))
    return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000))
  }
}

/** Turns of the wheel, one a frame, for a while. */
async function wheel(page: Page, seconds: number, pixels: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
    await page.mouse.wheel(0, pixels)
    await pause(16)
  }
}

async function scrub(page: Page, seconds: number): Promise<void> {
  const box = await page.locator('.scrubber').boundingBox()
  if (box === null) return
  const until = Date.now() + seconds * 1000
  await page.mouse.move(box.x + 20, box.y + 4)
  await page.mouse.down()
  for (let step = 0; Date.now() < until; step++) {
    const share = (1 - Math.cos(step / 40)) / 2
    await page.mouse.move(box.x + 20, box.y + 4 + share * (box.height - 8))
    await pause(16)
  }
  await page.mouse.up()
  await page.mouse.move(box.x - 500, box.y + 300)
}

export async function measurePhase(
  page: Page,
  session: CDPSession,
  name: string,
  run: () => Promise<void>,
): Promise<Phase> {
  await pause(300)
  const endTasks = await watchTasks(session)
  await frames(page)
  await run()
  const seen = (await frames(page)).sort((a, b) => a - b)
  return {
    name,
    frames: seen.length,
    longestFrameMs: seen.at(-1) ?? 0,
    usualFrameMs: seen[Math.floor(seen.length * 0.95)] ?? 0,
    longestTaskMs: await endTasks(),
  }
}

/** Opens `url` in the page, scrolls for about `seconds`, and tells how it went. */
export async function measureWall(page: Page, url: string, seconds: number): Promise<WallFigures> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(url)
  await page.locator('.cell[data-caption]').first().waitFor()
  const firstScreenMs = await page.evaluate(() => performance.now())
  const photos = await page.locator('main > [role=status]').innerText()
  await pause(1500)
  await startRecording(page)
  await page.mouse.move(700, 500)
  const before = await memory(session)
  const heapMB = [before.heapMB]
  const elements = [before.elements]
  const phases: Phase[] = []
  const each = seconds / 5
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    ['wheel', () => wheel(page, each, 120)],
    ['fast wheel', () => wheel(page, each, 1500)],
    ['fling', () => wheel(page, each, 12_000)],
    ['years', () => scrub(page, each)],
    ['back up', () => wheel(page, each, -700)],
  ]
  for (const [name, run] of steps) {
    phases.push(await measurePhase(page, session, name, run))
    const now = await memory(session)
    heapMB.push(now.heapMB)
    elements.push(now.elements)
  }
  return {
    photos,
    firstScreenMs,
    phases,
    longestFrameMs: Math.max(...phases.map((phase) => phase.longestFrameMs)),
    longestTaskMs: Math.max(...phases.map((phase) => phase.longestTaskMs)),
    heapMB,
    elements,
  }
}

const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value

/** The figures as text, to a tenth. */
export function written(figures: WallFigures): string {
  return JSON.stringify(figures, rounded, 2)
}
