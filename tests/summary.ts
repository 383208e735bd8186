import { readFileSync } from 'node:fs'

/**
 * Adds up what the test runners reported and prints the closing line `N passed, N failed`.
 * The argument is the exit status of the whole run: a run that stopped before or between the runners
 * (format, lint, types, model) counts as one failure more, so that the line never looks better than the run.
 */
interface Count {
  passed: number
  failed: number
}

function reported<Report>(file: string, count: (report: Report) => Count): Count {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')) as Report)
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const unit = reported<{ numPassedTests: number; numFailedTests: number }>(
  'test-results/unit.json',
  (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
)
const browser = reported<{ stats: { expected: number; unexpected: number; flaky: number } }>(
  'test-results/browser.json',
  ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
)

const status = Number(process.argv[2] ?? 0)
const passed = unit.passed + browser.passed
const failed = unit.failed + browser.failed
console.log(`${passed} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed`)
