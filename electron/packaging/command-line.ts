import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One photo's five best tags, best first, as the command line gives them. */
export interface TagList {
  readonly classes: readonly number[]
  readonly probabilities: readonly number[]
}

/** Answers of a `kartoteka` command line, installed, packed or from the sources. */
export interface CommandLine {
  readonly index: (folder: string) => Promise<{ readonly indexed: number; readonly failed: number }>
  /** File names of the photos that a search finds. */
  readonly names: (query: string) => Promise<readonly string[]>
  /** By file name. */
  readonly tags: () => Promise<ReadonlyMap<string, TagList>>
}

interface Found {
  readonly photos: readonly {
    readonly path: string
    readonly tags: readonly { readonly classIndex: number; readonly probability: number }[]
  }[]
}

/**
 * @param entry The program's file, run by this Node.
 * @param library A library of its own.
 * @param env All of its environment.
 */
export function commandLine(
  entry: string,
  library: string,
  env: Readonly<Record<string, string>>,
): CommandLine {
  const ask = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run(process.execPath, [entry, ...args, '--library', library, '--json'], {
      env,
      cwd: '/',
      maxBuffer: 64 * 1024 * 1024,
    })
    return JSON.parse(stdout)
  }
  const search = async (query: string): Promise<Found['photos']> =>
    ((await ask('search', query, '--limit', '1000')) as Found).photos
  return {
    index: async (folder) =>
      (await ask('index', folder)) as { readonly indexed: number; readonly failed: number },
    names: async (query) => (await search(query)).map(({ path }) => basename(path)),
    tags: async () =>
      new Map(
        (await search('')).map(({ path, tags }) => [
          basename(path),
          {
            classes: tags.map(({ classIndex }) => classIndex),
            probabilities: tags.map(({ probability }) => probability),
          },
        ]),
      ),
  }
}

/** How far two sets of tags are apart. */
export interface Difference {
  readonly photos: number
  /** The same five classes in the same order. */
  readonly sameFive: number
  readonly sameBest: number
  /** Largest difference of a probability at the same rank. */
  readonly probability: number
}

export function compareTags(
  ours: ReadonlyMap<string, TagList>,
  others: ReadonlyMap<string, TagList>,
): Difference {
  const pairs = [...ours].map(([name, tags]) => [tags, others.get(name)] as const)
  const both = pairs.filter((pair): pair is readonly [TagList, TagList] => pair[1] !== undefined)
  return {
    photos: both.length,
    sameFive: both.filter(([one, two]) => one.classes.join() === two.classes.join()).length,
    sameBest: both.filter(([one, two]) => one.classes[0] === two.classes[0]).length,
    probability: Math.max(
      0,
      ...both.flatMap(([one, two]) =>
        one.probabilities.map((value, rank) => Math.abs(value - (two.probabilities[rank] ?? 0))),
      ),
    ),
  }
}
