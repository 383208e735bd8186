import { chromium, type CDPSession, type Page } from '@playwright/test'

/** What the wall of one library costs the window. Times in milliseconds, memory in megabytes. */
export interface WallFigures {
  /** From the start of the navigation to the first thumbnails on the screen. */
  readonly firstScreenMs: number
  readonly phases: readonly {
    readonly name: string
    readonly frames: number
    readonly longestFrameMs: number
  }[]
  readonly longestFrameMs: number
  readonly heapMB: readonly number[]
  readonly nodes: readonly number[]
}

const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Frames that took place since the last call, by the page's own clock. */
async function frames(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const recorder = window as unknown as { frames?: number[] }
    const taken = recorder.frames ?? []
    recorder.frames = []
    return taken
  })
}

async function startRecording(page: Page): Promise<void> {
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

async function memory(session: CDPSession): Promise<{ heapMB: number; nodes: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { heapMB: value('JSHeapUsedSize') / 1e6, nodes: value('Nodes') }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Turns of the wheel, one a frame, for a while. */
async function wheel(page: Page, seconds: number, pixels: number): Promise<void> {
  const until = Date.now() + seconds * 1000
  while (Date.now() < until) {
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
}

/** Opens `url` in Chromium, scrolls for about `seconds`, and tells how it went. */
export async function measureWall(url: string, seconds: number): Promise<WallFigures> {
  const browser = await chromium.launch({
    executablePath: process.env['KARTOTEKA_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...chromiumArguments, '--enable-precise-memory-info'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await page.goto(url)
    await page.locator('.cell img.there').first().waitFor()
    const firstScreenMs = await page.evaluate(() => performance.now())
    await pause(1000)
    await startRecording(page)
    await page.mouse.move(700, 500)
    const before = await memory(session)
    const heapMB = [before.heapMB]
    const nodes = [before.nodes]
    const phases: { name: string; frames: number; longestFrameMs: number }[] = []
    const each = seconds / 5
    const steps: readonly (readonly [string, () => Promise<void>])[] = [
      ['wheel', () => wheel(page, each, 120)],
      ['fast wheel', () => wheel(page, each, 1500)],
      ['fling', () => wheel(page, each, 12_000)],
      ['scrubber', () => scrub(page, each)],
      ['back up', () => wheel(page, each, -700)],
    ]
    for (const [name, run] of steps) {
      await frames(page)
      await run()
      const seen = await frames(page)
      phases.push({ name, frames: seen.length, longestFrameMs: Math.max(...seen) })
      const now = await memory(session)
      heapMB.push(now.heapMB)
      nodes.push(now.nodes)
    }
    const longestFrameMs = Math.max(...phases.map((phase) => phase.longestFrameMs))
    return { firstScreenMs, phases, longestFrameMs, heapMB, nodes }
  } finally {
    await browser.close()
  }
}
