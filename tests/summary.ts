import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * Names the tests that failed, adds up what the test runners reported and prints the closing line
 * `N passed, N failed, N skipped`.
 * The argument is the exit status of the whole run: a run that stopped before or between the runners
 * (format, lint, types, model) counts as one failure more, so that the line never looks better than the run.
 */
interface Outcome {
  readonly passed: number
  readonly skipped: number
  /** A line for each: file and test. */
  readonly failed: readonly string[]
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly {
    readonly file: string
    readonly title: string
    readonly tests: readonly { readonly status: string }[]
  }[]
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[]
  readonly stats: { readonly expected: number; readonly flaky: number; readonly skipped: number }
}

function reported<Report>(file: string, outcome: (report: Report) => Outcome): Outcome {
  try {
    return outcome(JSON.parse(readFileSync(file, 'utf8')) as Report)
  } catch {
    return { passed: 0, failed: [], skipped: 0 }
  }
}

const vitest = (name: string): Outcome =>
  reported<VitestReport>(`test-results/${name}.json`, (report) => ({
    passed: report.numPassedTests,
    skipped: report.numPendingTests,
    failed: report.testResults.flatMap((file) => {
      const failed = file.assertionResults.filter(({ status }) => status === 'failed')
      // A file that cannot be loaded has no tests.
      const named = failed.length === 0 && file.status === 'failed' ? [{ fullName: 'cannot be run' }] : failed
      return named.map(({ fullName }) => `${relative('.', file.name)}: ${fullName}`)
    }),
  }))

const specsOf = (suite: PlaywrightSuite): PlaywrightSuite['specs'] => [
  ...suite.specs,
  ...(suite.suites ?? []).flatMap(specsOf),
]

const outcomes = [
  vitest('unit'),
  vitest('material'),
  reported<PlaywrightReport>('test-results/browser.json', ({ suites, stats }) => ({
    passed: stats.expected + stats.flaky,
    skipped: stats.skipped,
    failed: suites
      .flatMap(specsOf)
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected'))
      .map(({ file, title }) => `${file}: ${title}`),
  })),
]
const sum = (which: 'passed' | 'skipped'): number =>
  outcomes.reduce((total, outcome) => total + outcome[which], 0)
const failed = outcomes.flatMap((outcome) => outcome.failed)
const stopped = Number(process.argv[2] ?? 0) !== 0 && failed.length === 0
for (const line of failed) console.log(`Failed: ${line}`)
console.log(`${sum('passed')} passed, ${stopped ? 1 : failed.length} failed, ${sum('skipped')} skipped`)
