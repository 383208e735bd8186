import type { Command, Option } from 'commander'
import type { TeachOptions } from './teach-command.ts'

interface Given {
  readonly notEmpty: (text: string) => string
  readonly common: () => readonly Option[]
}

/** Adds `teach` to the command line. */
export function addTeachCommand(program: Command, { notEmpty, common }: Given): void {
  const several = (text: string, before: readonly string[] | undefined): string[] => [
    ...(before ?? []),
    notEmpty(text),
  ]
  const command = program
    .command('teach')
    .description('teach a word of your own by photos that are it, and photos that are not')
    .argument('<word>', 'a label of yours, or a new one', notEmpty)
    .option('--yes <photo...>', 'paths or numbers of photos that are it', several)
    .option('--no <photo...>', 'paths or numbers of photos that are not', several)
  for (const option of common()) command.addOption(option)
  command.action(async (word: string, options: TeachOptions) => {
    const { teachCommand } = await import('./teach-command.ts')
    await teachCommand(word, options)
  })
}
