import type { Command } from 'commander'
import { notEmpty, whole } from './arguments.ts'
import type { DuplicatesOptions } from './duplicates-command.ts'
import type { SimilarOptions } from './similar-command.ts'

/** Adds the commands about what photos look like to the command line. */
export function addAlikeCommands(program: Command): void {
  program
    .command('similar')
    .description('photos that look like one, the most alike first')
    .argument('<photo>', 'its path or its number; also a picture that is not in the library', notEmpty)
    .option('--limit <n>', 'photos to list', whole, 20)
    .action(async (photo: string, options: SimilarOptions) =>
      (await import('./similar-command.ts')).similarCommand(photo, options),
    )

  program
    .command('duplicates')
    .description('photos that are one picture, and bursts, with the one that is best kept')
    .option('--limit <n>', 'groups to list', whole, 100)
    .action(async (options: DuplicatesOptions) =>
      (await import('./duplicates-command.ts')).duplicatesCommand(options),
    )
}
