import type { Command } from 'commander'
import { notEmpty, several } from './arguments.ts'
import type { TeachOptions } from './teach-command.ts'

/** Adds `teach` to the command line. */
export function addTeachCommand(program: Command): void {
  program
    .command('teach')
    .description('teach a word of your own by photos that are it, and photos that are not')
    .argument('<word>', 'a label of yours, or a new one', notEmpty)
    .option('--yes <photo...>', 'paths or numbers of photos that are it', several)
    .option('--no <photo...>', 'paths or numbers of photos that are not', several)
    .action(async (word: string, options: TeachOptions) =>
      (await import('./teach-command.ts')).teachCommand(word, options),
    )
}
