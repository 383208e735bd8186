import { readFileSync } from 'node:fs'

/**
 * Adds up what the test runners reported and prints the closing line `N passed, N failed, N skipped`.
 * The argument is the exit status of the whole run: a run that stopped before or between the runners
 * (format, lint, types, model) counts as one failure more, so that the line never looks better than the run.
 */
interface Count {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
}

function reported<Report>(file: string, count: (report: Report) => Count): Count {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')) as Report)
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

const vitest = (name: string): Count =>
  reported<VitestReport>(`test-results/${name}.json`, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  }))

const counts = [
  vitest('unit'),
  vitest('material'),
  reported<PlaywrightReport>('test-results/browser.json', ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  })),
]
const sum = (which: keyof Count): number => counts.reduce((total, count) => total + count[which], 0)
const status = Number(process.argv[2] ?? 0)
const failed = sum('failed')
console.log(
  `${sum('passed')} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed, ${sum('skipped')} skipped`,
)
