import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { InferenceSession } from 'onnxruntime-node'
import { findModels } from '../../electron/core/classify/model-files.ts'
import { createIndexer } from '../../electron/core/indexing/indexer.ts'
import { scanTargetsFor } from '../../electron/core/indexing/scan-targets.ts'
import { loadLexicon } from '../../electron/core/labels/lexicon.ts'
import { closeLibrary, openLibrary } from '../../electron/core/library/upkeep/open.ts'
import { threadEntries } from '../../electron/worker/entries.ts'

/**
 * `index-memory.ts FOLDER SCRATCH`: indexes copies of the folder's photos, each of another content, with one worker and
 * the real model, and prints the most memory in MB up to the middle and after it, the inferences and the sessions of
 * the model that were opened. It is its own worker, to count those.
 */
const copies = 240
const [, , from = '', scratch = ''] = process.argv
/** Handed down to the worker. */
process.env['KARTOTEKA_SESSIONS'] ??= join(scratch, 'sessions')
const opened = process.env['KARTOTEKA_SESSIONS']

if (isMainThread) await measure()
else {
  const create = InferenceSession.create.bind(InferenceSession) as (
    ...given: unknown[]
  ) => Promise<InferenceSession>
  Object.assign(InferenceSession, {
    create: (...given: unknown[]) => {
      writeFileSync(opened, '.', { flag: 'a' })
      return create(...given)
    },
  })
  await import('../../electron/worker/photo-worker.ts')
}

async function measure(): Promise<void> {
  const photos = join(scratch, 'photos')
  mkdirSync(photos)
  writeFileSync(opened, '')
  const originals = readdirSync(from).filter((name) => name.endsWith('.JPEG'))
  for (let at = 0; at < copies; at++) {
    const bytes = readFileSync(join(from, originals[at % 40] ?? ''))
    // What follows the end of a JPEG is no part of the picture.
    writeFileSync(join(photos, `${at}.jpg`), Buffer.concat([bytes, Buffer.from(`${at}`)]))
  }
  const models = await findModels()
  if (!models.ok) throw new Error(models.error.message)
  const model = { choice: { model: models.value.fp32, provider: 'cpu' as const }, maxWorkers: null }

  const library = openLibrary(join(scratch, 'library'), { mode: 'write' })
  const done = library.db.prepare<[], number>("SELECT count(*) FROM file WHERE state = 'done'").pluck()
  let [early, late] = [0, 0]
  const sample = (): void => {
    const { rss } = process.memoryUsage
    if ((done.get() ?? 0) < copies / 2) early = Math.max(early, rss())
    else late = Math.max(late, rss())
  }
  const looking = setInterval(sample, 100)
  const indexer = createIndexer(
    {
      library,
      categories: loadLexicon().categories,
      entries: { ...threadEntries, photo: new URL(import.meta.url) },
      chooseModel: () => Promise.resolve({ ok: true, value: model }),
      workers: () => 1,
      onState: () => {},
      onStored: sample,
      onNotice: () => {},
      log: () => {},
    },
    () => null,
  )
  const { inferences } = await indexer.start({
    targets: await scanTargetsFor(library, [photos]),
    again: false,
  })
  clearInterval(looking)
  closeLibrary(library)
  const sessions = readFileSync(opened).length
  console.log(
    JSON.stringify({
      earlyMB: Math.round(early / 1e6),
      lateMB: Math.round(late / 1e6),
      inferences,
      sessions,
    }),
  )
}
