import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { gazetteerBytes } from './gazetteer-writer.ts'
import { readSources } from './sources.ts'

/** `npm run places`: makes the gazetteer out of packages with geographical data, or again. Takes some seconds. */
const file = resolve(import.meta.dirname, '../../../dist/places/places.bin')

mkdirSync(dirname(file), { recursive: true })
// Nobody is to find half a file, nor two at once make one.
const unfinished = `${file}.${process.pid}`
try {
  writeFileSync(unfinished, gazetteerBytes(readSources()))
  renameSync(unfinished, file)
} finally {
  rmSync(unfinished, { force: true })
}
