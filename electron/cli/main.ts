import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { indexCommand } from './index-command.ts'
import { indexProcessArgument } from './index-protocol.ts'
import { serveIndexing } from './index-process.ts'
import { exitStatus, explain, UsageError } from './exit.ts'
import { labelsCommand, problemsCommand, searchCommand, showCommand } from './ask-commands.ts'
import { say } from './output.ts'

/** The command line: `kartoteka <command>`, see DESIGN section 5. */
function commandLine(): Command {
  const program = new Command('kartoteka')
    .description(
      'Finds your photos by what is in them. Nothing leaves the computer, originals are never changed.',
    )
    .exitOverride()
    .showHelpAfterError('(kartoteka --help lists the commands)')

  program
    .command('index')
    .description('look for photos in folders and below, and tag what is new or changed')
    .argument('<folder...>', 'folders with photos')
    .option('--again', 'classify also what was classified before')
    .addOption(library())
    .addOption(json())
    .action(indexCommand)

  program
    .command('search')
    .description('find photos by what is in them')
    .argument('<query...>', 'what to look for: zebra, black swan, dog -cat, ...')
    .option('--limit <n>', 'photos to list', whole, 50)
    .option('--offset <n>', 'photos to pass over', whole, 0)
    .option('--min-confidence <p>', 'leave out less sure photos, 0 to 1', probability)
    .addOption(
      new Option('--sort <order>', 'what comes first').choices(['confidence', 'date']).default('confidence'),
    )
    .addOption(library())
    .addOption(json())
    .action((words: string[], options) => searchCommand(words.join(' '), options))

  program
    .command('show')
    .description('everything known of one photo')
    .argument('<photo>', 'its path or its number')
    .addOption(library())
    .addOption(json())
    .action(showCommand)

  program
    .command('problems')
    .description('files that could not be used, and why')
    .addOption(library())
    .addOption(json())
    .action(problemsCommand)

  program
    .command('labels')
    .description('labels and categories, with the number of photos')
    .argument('[text...]', 'only those that match')
    .addOption(library())
    .addOption(json())
    .action((words: string[], options) => labelsCommand(words.join(' '), options))

  for (const command of [program, ...program.commands])
    command.exitOverride().helpOption('-h, --help', 'show this')
  return program
}

const library = (): Option => new Option('--library <dir>', "the library's folder")
const json = (): Option => new Option('--json', 'print one JSON document instead of text')

function whole(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('It must be a whole number.')
  }
  return number
}

function probability(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1.')
  }
  return number
}

/** Runs one command. @returns the exit status */
async function run(args: readonly string[]): Promise<number> {
  try {
    await commandLine().parseAsync(args, { from: 'user' })
    return exitStatus.done
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end this way, too; messages are already out.
      return error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage
    }
    say(explain(error))
    return error instanceof UsageError ? exitStatus.wrongUsage : exitStatus.nothingDone
  }
}

const args = process.argv.slice(2)
if (args[0] === indexProcessArgument && process.connected) serveIndexing()
else process.exitCode = await run(args)
