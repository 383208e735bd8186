import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, CommanderError, Option } from 'commander'
import type * as Benchmark from '../bench/command.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import { looks } from '../core/contract/looks.ts'
import { version } from '../service/version.ts'
import { addAlikeCommands } from './alike-command-line.ts'
import { addAlbumCommands } from './album-command-line.ts'
import { addModelsCommand } from './models-command-line.ts'
import { addTeachCommand } from './teach-command-line.ts'
import { commandFirst } from './command-first.ts'
import {
  bracedPlaceholders,
  folder,
  jpegSide,
  namePattern,
  notEmpty,
  portNumber,
  probability,
  quality,
  rounds,
  several,
  severalFolders,
  someParts,
  stars,
  whole,
} from './arguments.ts'
import { benchParts, type BenchOptions } from './bench-options.ts'
import { exitStatus, explain, StoppedEarly } from './exit.ts'
import type { SearchOptions } from './ask-commands.ts'
import type { BackupsOptions, RestoreOptions } from './backup-commands.ts'
import type { DateOptions } from './date-command.ts'
import type { ExportOptions } from './export-command.ts'
import type { CopyOptions } from './copy-command.ts'
import type { IndexOptions } from './index-command.ts'
import type { CommonOptions } from './library-option.ts'
import { say } from './output.ts'
import type { HideOptions, RateOptions } from './say-commands.ts'
import type { ServeOptions } from './serve.ts'

/** Only a checkout has it: named by a path, so that it stays out of the bundles. */
const benchmark = join(import.meta.dirname, '../bench/command.ts')

/**
 * The command line: `kartoteka <command>`, see DESIGN section 5. Commands are loaded when they are called: a search
 * need not wait for the decoder and the runtime of the model.
 */
function commandLine(): Command {
  const program = new Command('kartoteka')
    .description(
      'Finds your photos by what is in them. Nothing leaves the computer, originals are never changed.',
    )
    .version(version(), '-V, --version', 'show the version')
    .showHelpAfterError('(kartoteka --help lists the commands)')

  program
    .command('index')
    .description('look for photos in folders and below, and tag what is new or changed')
    .argument('<folder...>', 'folders with photos', severalFolders)
    .option('--again', 'classify also what was classified before')
    .addOption(
      new Option(
        '--look <how>',
        'how carefully from now on in this library: plain, also at the mirror image, or also at the middle of both (crops); photos that were looked at otherwise are classified anew',
      ).choices(looks),
    )
    .option(
      '--moved-from <folder>',
      'the photos of this folder of the library are in the named one now: a disk with another letter, a folder renamed',
      folder,
    )
    .option('--yes', 'look also into folders that hold more than photos, such as your home folder')
    .action(async (folders: string[], options: IndexOptions) => {
      if (options.movedFrom !== undefined && folders.length > 1)
        program.error('error: with --moved-from one folder is named: the one that its photos are in now')
      const { indexCommand } = await import('./index-command.ts')
      await indexCommand(folders, options)
    })

  program
    .command('search')
    .description('find photos by what is in them')
    .argument('<query...>', 'what to look for: zebra, black swan, dog -cat, ...')
    .option('--limit <n>', 'photos to list', whole, 50)
    .option('--offset <n>', 'photos to pass over', whole, 0)
    .option('--min-confidence <p>', 'leave out less sure photos, 0 to 1', probability)
    .addOption(
      new Option('--sort <order>', 'what comes first')
        .choices(['auto', 'confidence', 'date', 'stars'])
        .default('auto'),
    )
    .action(async (words: string[], options: SearchOptions) =>
      (await import('./ask-commands.ts')).searchCommand(words.join(' '), options),
    )

  program
    .command('show')
    .description('everything known of one photo')
    .argument('<photo>', 'its path or its number', notEmpty)
    .action(async (photo: string, options: CommonOptions) =>
      (await import('./ask-commands.ts')).showCommand(photo, options),
    )

  program
    .command('problems')
    .description('files that could not be used, and why')
    .action(async (options: CommonOptions) => (await import('./ask-commands.ts')).problemsCommand(options))

  program
    .command('labels')
    .description('labels and categories, with the number of photos')
    .argument('[text...]', 'only those that match')
    .action(async (words: string[], options: CommonOptions) =>
      (await import('./ask-commands.ts')).labelsCommand(words.join(' '), options),
    )

  addAlikeCommands(program)
  addAlbumCommands(program)
  addModelsCommand(program)
  addTeachCommand(program)

  program
    .command('date')
    .description('say when photos were taken; their files stay as they are')
    .argument('<photo...>', 'files and folders of the library, or what to search for', severalFolders)
    .option('--set <date>', 'the date of all: 1965, 1965-07, 1965-07-14, "1965-07-14 18:03"', notEmpty)
    .option('--shift <time>', 'later by 3h12m, earlier by -1d2h30m', notEmpty)
    .option('--first <date>', 'the earliest was taken then; the others move along with it', notEmpty)
    .option('--zone <from..to>', 'the clock stood at +03:00 where it was +01:00: +03:00..+01:00', notEmpty)
    .addOption(
      new Option(
        '--from <where>',
        'take it from the name of the file or of the folder; file: as the file itself says',
      ).choices(['name', 'folder', 'file']),
    )
    .option('--dry-run', 'tell only what would change')
    .action(async (photos: string[], options: DateOptions) => {
      const { dateCommand, readDateChange } = await import('./date-command.ts')
      const change = readDateChange(options)
      if (typeof change === 'string') program.error(`error: ${change}`)
      else await dateCommand(photos, change, options)
    })

  program
    .command('export')
    .description('write labels, stars, albums, titles, dates and places as XMP sidecars, CSV or JSON')
    .argument('[query...]', 'only photos that a search finds; without it all')
    .requiredOption('--to <path>', 'folder to write into; for csv and json also a file to make', folder)
    .addOption(
      new Option('--format <format>', 'what to write').choices(['xmp', 'csv', 'json']).default('xmp'),
    )
    .addOption(
      new Option('--language <language>', 'of the names of labels and places')
        .choices(['en', 'ru'])
        .default('en'),
    )
    .action(async (words: string[], options: ExportOptions) =>
      (await import('./export-command.ts')).exportCommand(words.join(' '), options),
    )

  program
    .command('copy')
    .description('copy photos into a folder: the originals, or JPEGs of them; never over another file')
    .argument('<query>', 'which photos, as for `search`')
    .argument('<folder>', 'where to; made if the folder above it is there', folder)
    .option('--jpeg <side>', 'JPEGs of at most so many pixels a side; "full" for all', jpegSide)
    .option('--quality <q>', 'of the JPEGs, 1 to 100', quality, 85)
    .option('--without-place', 'JPEGs that do not tell where they were taken')
    .option('--sidecars', 'with the originals also the .xmp files beside them')
    .option('--names <pattern>', `such as "{date} {name}", of ${bracedPlaceholders.join(' ')}`, namePattern)
    .option('--yes', 'also into a folder of the library, which then has these photos twice')
    .action(async (query: string, folder: string, options: CopyOptions) => {
      if (options.jpeg === undefined && options.withoutPlace === true)
        program.error('error: --without-place is for --jpeg: originals are copied as they are')
      if (options.jpeg !== undefined && options.sidecars === true)
        program.error('error: --sidecars is for originals: sidecars belong to them')
      const { copyCommand } = await import('./copy-command.ts')
      await copyCommand(query, folder, options)
    })

  program
    .command('rate')
    .description('give photos stars, or make them favourites; your word stands above the file’s')
    .argument('<photos...>', 'their paths, or what to search for', several)
    .option('--stars <n>', '0 to 5, none, or file: as the file says', stars)
    .option('--favourite', 'make them favourites')
    .option('--no-favourite', 'they are no favourites any more')
    .action(async (photos: string[], options: RateOptions) => {
      if (options.stars === undefined && options.favourite === undefined)
        program.error('error: say what they are to have: --stars, --favourite or --no-favourite')
      const { rateCommand } = await import('./say-commands.ts')
      await rateCommand(photos, options)
    })

  program
    .command('hide')
    .description('take photos off the wall and out of searches; is:hidden finds them')
    .argument('<photos...>', 'their paths, or what to search for', several)
    .option('--show-again', 'put hidden ones back')
    .action(async (photos: string[], options: HideOptions) =>
      (await import('./say-commands.ts')).hideCommand(photos, options),
    )

  program
    .command('serve')
    .description('show the library in a browser on this computer')
    .option('--port <n>', 'port to listen on; any free one without it', portNumber)
    .option('--host <address>', 'listen on another address than this computer alone', notEmpty)
    .action(async (options: ServeOptions) => (await import('./serve.ts')).serveCommand(options))

  program
    .command('doctor')
    .description('look at everything that could be wrong')
    .action(async (options: CommonOptions) => (await import('./doctor-command.ts')).doctorCommand(options))

  program
    .command('backups')
    .description('backups of the library, newest first, and whether they are good')
    .option('--now', 'make one first')
    .action(async (options: BackupsOptions) => (await import('./backup-commands.ts')).backupsCommand(options))

  program
    .command('restore')
    .description(
      'put a backup in the place of the library, which becomes a backup itself; photos are not touched',
    )
    .argument(
      '[backup]',
      'its name or number as `backups` lists them; without it the newest good one',
      notEmpty,
    )
    .option('--yes', 'do it; without this only what would be done and lost is told')
    .action(async (backup: string | undefined, options: RestoreOptions) =>
      (await import('./backup-commands.ts')).restoreCommand(backup, options),
    )

  program
    .command('bench', { hidden: !existsSync(benchmark) })
    .description('measure the speed on this machine beside other ways to do the same')
    .argument('[folder]', 'photos to index for the small part; without it some are made')
    .option('--only <parts>', `some of: ${benchParts.join(', ')}`, someParts)
    .option('--rounds <n>', 'paired runs to take the median of', rounds, 5)
    .action(async (folder: string | undefined, options: BenchOptions) => {
      if (!existsSync(benchmark)) {
        throw new KartotekaError(
          'unsupported',
          'The benchmark is no part of the installed app. It is run from a checkout of the sources: npm run bench.',
        )
      }
      const { benchCommand } = (await import(pathToFileURL(benchmark).href)) as typeof Benchmark
      await benchCommand(folder, options)
    })

  program
    .command('help')
    .description('show what a command takes')
    .argument('[command]')
    .action((name: string | undefined) => {
      const asked = name === undefined ? program : program.commands.find((each) => each.name() === name)
      if (asked === undefined) return program.error(`error: unknown command '${name}'`)
      return asked.help()
    })

  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    if (!['bench', 'help'].includes(command.name())) {
      command.addOption(new Option('--library <dir>', "the library's folder").argParser(folder))
    }
    if (command.name() !== 'help') command.option('--json', 'print one JSON document instead of text')
    command.exitOverride().helpOption('-h, --help', 'show this')
  }
  return program.exitOverride().helpOption('-h, --help', 'show this')
}

/** Runs the command that the arguments name. Its texts go to the standard streams. @returns the exit status */
export async function runCommand(given: readonly string[]): Promise<number> {
  const asked = commandFirst(given)
  try {
    await commandLine().parseAsync(asked === null ? given : [...asked.before, ...asked.args], {
      from: 'user',
    })
    return exitStatus.done
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end this way, too; messages are already out.
      return error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage
    }
    say(explain(error))
    return error instanceof StoppedEarly ? exitStatus.stopped : exitStatus.nothingDone
  }
}
