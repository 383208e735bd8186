import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

interface UpdateInfo {
  readonly version: string
  readonly files: readonly { readonly url: string }[]
}

/**
 * Puts what the release jobs made, one folder each, into one folder. On Windows each processor's job describes its
 * installer in a `latest.yml` of its own; the updater reads one and chooses by the processor in the file's name.
 * @throws Error when two jobs made different files of one name or different versions.
 */
export function gather(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  const jobs = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const job of jobs.map(({ name }) => name).toSorted()) {
    for (const name of readdirSync(join(from, job)).toSorted()) {
      const source = join(from, job, name)
      const target = join(to, name)
      if (!existsSync(target)) copyFileSync(source, target)
      else if (/^latest.*\.yml$/.test(name)) writeFileSync(target, merged(target, source))
      else throw new Error(`${job} made a second ${name}.`)
    }
  }
}

function merged(one: string, other: string): string {
  const [first, second] = [one, other].map((file) => parse(readFileSync(file, 'utf8')) as UpdateInfo)
  if (first?.version === undefined || first.version !== second?.version) {
    throw new Error(`${other} describes another version than the one beside it.`)
  }
  return stringify({ ...first, files: [...first.files, ...second.files] })
}

if (import.meta.main) {
  const [from, to] = process.argv.slice(2)
  if (from === undefined || to === undefined) {
    console.error('usage: gather.ts FOLDER-OF-FOLDERS FOLDER')
    process.exit(64)
  }
  gather(from, to)
}
