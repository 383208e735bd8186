import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from 'dependency-cruiser'
import { describe, expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const { forbidden } = createRequire(import.meta.url)(
  join(root, '.dependency-cruiser.cjs'),
) as IFlattenedRuleSet

/** Names of the rules that some files break. */
async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-layers-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const options: ICruiseOptions = {
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
    tsPreCompilationDeps: true,
  }
  const { output } = await cruise(['.'], options)
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations.map(({ rule }) => rule.name)
}

const thing = 'export const thing = 1\nexport type Facet = number\n'
const uses = (path: string): string => `import { thing } from '${path}'\nexport const other = thing\n`
const usesType = (path: string): string => `import type { Facet } from '${path}'\nexport type Other = Facet\n`

describe('the layers', () => {
  it('let a floor use those below it', async () => {
    expect(
      await broken({
        'electron/core/search/a.ts': uses('../library/b.ts'),
        'electron/core/library/b.ts': thing,
        'electron/service/c.ts': uses('../core/search/d.ts'),
        'electron/core/search/d.ts': thing,
      }),
    ).toEqual([])
  })

  it.each([
    ['library', 'search', 'library-knows-nobody-above'],
    ['search', 'indexing', 'search-knows-nobody-above'],
    ['paths', 'labels', 'paths-knows-nobody-above'],
    ['imaging', 'library', 'imaging-knows-nobody-above'],
    ['scan', 'media', 'scan-knows-nobody-above'],
  ])('refuse an import from core/%s of core/%s, of types as well', async (from, to, rule) => {
    const files = { [`electron/core/${to}/b.ts`]: thing }
    expect(await broken({ ...files, [`electron/core/${from}/a.ts`]: uses(`../${to}/b.ts`) })).toContain(rule)
    expect(await broken({ ...files, [`electron/core/${from}/a.ts`]: usesType(`../${to}/b.ts`) })).toContain(
      rule,
    )
  })

  it('refuse a circle, even one of types', async () => {
    const circle = { 'electron/core/scan/a.ts': usesType('./b.ts'), 'electron/core/scan/b.ts': '' }
    const back = "import type { Other } from './a.ts'\nexport type Facet = Other\n"
    expect(await broken({ ...circle, 'electron/core/scan/b.ts': back })).toContain('no-circular')
  })

  it('refuse a core that knows the service, and a room that has no floor', async () => {
    expect(
      await broken({ 'electron/core/scan/a.ts': uses('../../service/b.ts'), 'electron/service/b.ts': thing }),
    ).toContain('core-knows-nobody-above')
    expect(
      await broken({
        'electron/service/b.ts': uses('../core/extras/a.ts'),
        'electron/core/extras/a.ts': thing,
      }),
    ).toContain('every-room-has-a-floor')
  })

  it.each([
    ['electron/core/scan/a.ts', '../../packaging/b.ts'],
    ['electron/cli/a.ts', '../packaging/b.ts'],
    ['renderer/src/a.ts', '../../electron/packaging/b.ts'],
    ['native-models/a.ts', '../electron/packaging/b.ts'],
  ])('refuse %s that knows how it is packed', async (file, path) => {
    expect(await broken({ [file]: uses(path), 'electron/packaging/b.ts': thing })).toContain(
      'product-without-packaging',
    )
  })

  it('refuse a command line that takes the benchmark with it', async () => {
    const bench = { 'electron/bench/b.ts': thing }
    expect(await broken({ ...bench, 'electron/cli/a.ts': uses('../bench/b.ts') })).toEqual([
      'product-without-benchmark',
    ])
    expect(await broken({ ...bench, 'electron/cli/a.ts': usesType('../bench/b.ts') })).toEqual([])
  })

  it('let only the packaging use what the tests draw', async () => {
    const drawn = { 'tests/fixtures/b.ts': thing }
    expect(await broken({ ...drawn, 'electron/packaging/a.ts': uses('../../tests/fixtures/b.ts') })).toEqual(
      [],
    )
    expect(await broken({ ...drawn, 'electron/cli/a.ts': uses('../../tests/fixtures/b.ts') })).toContain(
      'product-without-tests',
    )
  })
})
