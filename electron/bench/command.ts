import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { benchAlike, type AlikeFigures } from './alike.ts'
import { benchCopies, type CopyFigures } from './copies.ts'
import { endToEnd, type EndToEnd } from './end-to-end.ts'
import { benchFormats, type FormatCost } from './formats.ts'
import { generateLibrary } from './generate-library.ts'
import { growth, type Growth } from './growth.ts'
import { makePhotos } from './synthetic-photos.ts'
import { machineName, rounded } from './measure.ts'
import { memory, type MemoryFigures } from './memory.ts'
import { rescan, type Rescan } from './rescan.ts'
import { benchInference, type InferenceFigures } from './inference.ts'
import { benchNetworks, type FamilyFigures } from './networks.ts'
import { networksReport } from './networks-report.ts'
import { inScratch } from './scratch.ts'
import { benchSearch, type SearchFigures } from './search.ts'
import { benchStart, type StartStep } from './start.ts'
import type { ChosenModel } from '../core/classify/choice.ts'
import { chooseModel } from '../core/classify/choose-model.ts'
import { findModels, type ModelFiles } from '../core/classify/model-files.ts'
import { machineFolder } from '../core/classify/provider-trials.ts'
import { KartotekaError, valueOf } from '../core/contract/failure.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import { benchParts, type BenchOptions, type BenchPart } from '../cli/bench-options.ts'
import { print, printJson, say, table } from '../cli/output.ts'

/** What `kartoteka bench --json` prints; parts that were not asked for are left out. */
interface BenchDocument {
  readonly machine: string
  inference?: InferenceFigures
  endToEnd?: EndToEnd[]
  start?: StartStep[]
  formats?: FormatCost[]
  copies?: CopyFigures
  rescan?: Rescan
  search?: SearchFigures
  growth?: Growth
  memory?: MemoryFigures
  alike?: AlikeFigures
  models?: FamilyFigures
}

const smallPhoto = { count: 200, width: 500, height: 375 }
const largePhoto = { count: 48, width: 4000, height: 3000 }
const rescanned = { photos: 100_000, perFolder: 1000 }
const searched = 1_000_000
const grown = [1000, 10_000, 100_000] as const
/** Photos of the world, which may lie beside a checkout. */
const testMaterial = join(import.meta.dirname, '../../../shared/photos/corpus')
/** Photos with their class, the same way. */
const labelledMaterial = join(import.meta.dirname, '../../../shared/photos/validation')

/** `kartoteka bench [FOLDER]`: measures on this machine; see README on how to read it. */
export async function benchCommand(folder: string | undefined, options: BenchOptions): Promise<void> {
  const parts = options.only ?? benchParts
  const models = valueOf(await findModels())
  const photos = folder === undefined ? null : realFolder(folder)
  const workers = workersFor('full', thisMachine())
  const model = await chooseModel({ models: models, folder: machineFolder(), cpuWorkers: workers })
  const document: BenchDocument = { machine: machineName() }

  if (parts.includes('inference')) {
    document.inference = await benchInference({
      models: models,
      choice: model.choice,
      published: publishedIn(models),
      folder: photos,
      rounds: options.rounds,
      log: say,
    })
  }
  if (parts.includes('small') || parts.includes('large')) {
    document.endToEnd = await benchEndToEnd(photos, parts, options.rounds, model, models)
  }
  if (parts.includes('start')) document.start = await benchStart({ rounds: options.rounds, log: say })
  if (parts.includes('formats')) {
    const material = photos ?? testMaterial
    if (existsSync(material)) document.formats = await benchFormats(material, options.rounds, say)
    else say(`formats: left out, there is no ${material}`)
  }
  if (parts.includes('copies')) document.copies = await benchCopies(options.rounds, say)
  if (parts.includes('rescan')) {
    say('rescan: making 100,000 entries')
    document.rescan = await rescan(rescanned.photos, rescanned.perFolder, model)
  }
  if (parts.includes('search')) document.search = await benchMillion()
  if (parts.includes('growth')) {
    say('growth: 100,000 photos in one folder')
    document.growth = await growth({ sizes: grown, model, rounds: options.rounds, log: say })
  }
  if (parts.includes('memory')) {
    // A process that did something else before would hide what this needs.
    document.memory = parts.length === 1 ? await memory(model, say) : await memoryElsewhere()
  }
  if (parts.includes('alike')) document.alike = await benchAlike(searched, models.fp32, say)
  if (parts.includes('models')) {
    const material = photos ?? labelledMaterial
    if (!existsSync(material)) say(`models: accuracy is not measured, there is no ${material}`)
    document.models = await benchNetworks({
      models: models,
      published: publishedIn(models),
      folder: existsSync(material) ? material : null,
      rounds: options.rounds,
      log: say,
    })
  }
  await (options.json === true ? printJson(document) : print(report(document)))
}

async function benchEndToEnd(
  folder: string | null,
  parts: readonly BenchPart[],
  rounds: number,
  model: ChosenModel,
  models: ModelFiles,
): Promise<EndToEnd[]> {
  const common = { model, published: publishedIn(models), rounds, log: say }
  const rows: EndToEnd[] = []
  await inScratch(async (scratch) => {
    if (parts.includes('small')) {
      const small = folder ?? join(scratch, 'small')
      if (folder === null) await makePhotos(small, smallPhoto.count, smallPhoto)
      rows.push(await endToEnd({ ...common, name: folder ?? 'small (500×375)', folder: small }))
    }
    if (parts.includes('large')) {
      const large = join(scratch, 'large')
      say('large: making 12-megapixel photos')
      await makePhotos(large, largePhoto.count, largePhoto)
      rows.push(await endToEnd({ ...common, name: 'large (4000×3000)', folder: large }))
    }
  })
  return rows
}

/** The graph that the others run. */
function publishedIn(models: ModelFiles): string {
  const published = join(models.folder, 'googlenet-published.onnx')
  if (existsSync(published)) return published
  throw new KartotekaError('model-missing', `${published} is missing; \`npm run model\` makes it.`)
}

function benchMillion(): Promise<SearchFigures> {
  return inScratch(async (scratch) => {
    await generateLibrary(scratch, {
      photos: searched,
      progress: (photos) => {
        if (photos % 200_000 === 0) say(`search: ${photos} photos made`)
      },
    })
    return benchSearch(scratch, loadLexicon())
  })
}

async function memoryElsewhere(): Promise<MemoryFigures> {
  say('memory: indexing 20,000 photos')
  const entry = fileURLToPath(new URL('../cli/kartoteka.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    entry,
    'bench',
    '--only',
    'memory',
    '--json',
  ])
  return (JSON.parse(stdout) as { memory: MemoryFigures }).memory
}

function hits(first: number | null, five: number | null): string {
  return first === null || five === null ? '–' : `${first} / ${five} %`
}

function ms(value: number): string {
  return `${rounded(value, 1)} ms`
}

function growthTables({ steps, ratio, whole }: Growth): string[] {
  const library: (string | number)[][] = steps.map(({ photos, ms, cpuMs }) => [photos, ms, cpuMs])
  library.push(['last against first', '', `${ratio}×`])
  const photo: (string | number)[][] = [whole.small, whole.large].map((cost) => [
    cost.photos,
    cost.ms,
    cost.cpuMs,
    cost.ownerCpuMs,
    cost.passCpuMs,
  ])
  const ratios = [whole.clockRatio, whole.ratio, whole.ownerRatio].map((value) => `${value}×`)
  photo.push([`ratio of ${whole.pairs} pairs`, ...ratios, ''])
  const heading = [
    `whole photo, ${whole.inferences} inferences`,
    'ms for one',
    'of processor time',
    'library thread',
    'a look at nothing new, not in it',
  ]
  return [
    table(['photos in one folder', 'library, ms for one', 'of processor time'], library),
    table(heading, photo),
  ]
}

function report({
  machine,
  inference,
  endToEnd,
  start,
  formats,
  copies,
  rescan,
  search,
  growth,
  memory,
  alike,
  models,
}: BenchDocument): string {
  const parts = [machine]
  if (inference !== undefined) {
    const { publishedMs, fp32Ms, int8Ms, ratio, ratioFp32, top1, top5, publishedTop1, publishedTop5 } =
      inference
    const rows = [
      ['published graph', rounded(publishedMs, 1), hits(publishedTop1, publishedTop5)],
      [`ours, exact (${ratioFp32}×)`, rounded(fp32Ms, 1), '–'],
      ['ours, int8', int8Ms === null ? '–' : rounded(int8Ms, 1), '–'],
      [`ours, as used (${ratio}×)`, '', hits(top1, top5)],
    ]
    parts.push(table(['inference, one thread', 'ms', 'first / among five'], rows))
  }
  if (endToEnd !== undefined) {
    const rows = endToEnd.map((row) => [
      row.name,
      row.photos,
      row.ours,
      row.textbook,
      row.opencv ?? '–',
      `${row.ratioTextbook}×`,
      row.ratioOpenCV === null ? '–' : `${row.ratioOpenCV}×`,
      `${rounded(row.coresBusy * 100, 0)} %`,
    ])
    const heading = [
      'end to end, photos/s',
      'photos',
      'ours',
      'textbook',
      'OpenCV',
      'ratio',
      'ratio',
      'cores busy',
    ]
    parts.push(table(heading, rows))
  }
  if (start !== undefined) {
    const rows = start.map(({ name, ms, cpuMs }) => [name, ms, cpuMs ?? '–'])
    parts.push(table(['start', 'ms', 'of processor time'], rows))
  }
  if (formats !== undefined) {
    const rows = formats.map(({ format, file, megapixels, ours, textbook }) => [
      format,
      file,
      megapixels,
      ours,
      textbook ?? '–',
      textbook === null ? '–' : `${rounded(textbook / ours, 1)}×`,
    ])
    const heading = ['formats, ms of processor time', 'file', 'megapixels', 'ours', 'textbook', 'ratio']
    parts.push(table(heading, rows))
  }
  if (growth !== undefined) {
    parts.push(...growthTables(growth))
  }
  if (models !== undefined) parts.push(...networksReport(models))
  const lines: [string, string][] = []
  if (copies !== undefined) {
    const { photos, ours, sharp, ratio, clockRatio, sizeRatio } = copies
    lines.push([
      'copies',
      `${photos} JPEGs of 2048 pixels: ${ms(ours)} of processor time each, sharp alone ${ms(sharp)} (${ratio}×, on the clock ${clockRatio}×; ${sizeRatio}× the bytes)`,
    ])
  }
  if (rescan !== undefined) {
    lines.push([
      'second pass',
      `${rescan.photos} unchanged photos in ${rescan.seconds} s, ${rescan.inferences} inferences`,
    ])
  }
  if (search !== undefined) {
    const { photos, tags, openMs, composedAtOnceMs, readySeconds, worst } = search
    lines.push(
      ['search', `${photos} photos, ${tags} tags, ${search.fileMB} MB; first page, 95 of 100 within:`],
      [
        '',
        `a class ${ms(search.classP95Ms)}, by date ${ms(search.classByDateP95Ms)}, in a year ${ms(search.classInYearP95Ms)}, a wide category ${ms(search.categoryP95Ms)}`,
      ],
      [
        '',
        `a word with all its meanings ${ms(search.wordP95Ms)}, again ${ms(search.wordAgainP95Ms)}, several words ${ms(search.wordsP95Ms)}, with nothing read ahead ${ms(search.wordUnpreparedP95Ms)}`,
      ],
      [
        '',
        `several wide conditions ${ms(search.composedP95Ms)}, for the first time ${ms(search.firstUseP95Ms)}, with nothing read ahead ${ms(search.unpreparedP95Ms)}`,
      ],
      [
        '',
        `stars ${ms(search.starsP95Ms)}, an album of 100,000 ${ms(search.albumP95Ms)}, the count of a saved search ${ms(search.countP95Ms)}`,
      ],
      [
        '',
        `after 1,000 decisions ${ms(search.afterDecisionsP95Ms)}, while photos are stored ${ms(search.whileStoringP95Ms)}; after a change completion ${ms(search.completionP95Ms)}, all labels ${ms(search.labelsP95Ms)}`,
      ],
      [
        '',
        `opening ${ms(openMs)}, several conditions at once after it ${ms(composedAtOnceMs)}, all read ahead after ${readySeconds} s; ${search.memoryMB} MB of memory`,
      ],
      ['', `slowest: ${worst.text}, ${ms(worst.ms)}`],
      [
        '',
        `5,000 photos all over it, processor time: dates set ${ms(search.setDatesMs)}, undone ${ms(search.setDatesUndoneMs)}, shifted ${ms(search.shiftDatesMs)}, undone ${ms(search.shiftDatesUndoneMs)}`,
      ],
    )
  }
  if (memory !== undefined) {
    lines.push([
      'memory',
      `${memory.after1000MB} MB after 1,000 photos, ${memory.after20000MB} MB after 20,000, at most ${memory.peakMB} MB`,
    ])
  }
  if (alike !== undefined) {
    const { photos, describeMs, openMs, prepareMs, nearestP95Ms } = alike
    lines.push([
      'alike',
      `${ms(describeMs)} of processor time a photo; of ${photos} photos the features open in ${ms(openMs)}, are ready after ${ms(prepareMs)} more, and the nearest are found within ${ms(nearestP95Ms)} (95 of 100)`,
    ])
  }
  if (lines.length > 0) parts.push(lines.map(([name, value]) => name.padEnd(13) + value).join('\n'))
  return parts.join('\n\n')
}
