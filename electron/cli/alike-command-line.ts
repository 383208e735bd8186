import type { Command, Option } from 'commander'
import type { DuplicatesOptions } from './duplicates-command.ts'
import type { SimilarOptions } from './similar-command.ts'

interface Given {
  readonly notEmpty: (text: string) => string
  readonly whole: (text: string) => number
  readonly common: () => readonly Option[]
}

/** Adds the commands about what photos look like to the command line. */
export function addAlikeCommands(program: Command, { notEmpty, whole, common }: Given): void {
  const similar = program
    .command('similar')
    .description('photos that look like one, the most alike first')
    .argument('<photo>', 'its path or its number; also a picture that is not in the library', notEmpty)
    .option('--limit <n>', 'photos to list', whole, 20)
  for (const option of common()) similar.addOption(option)
  similar.action(async (photo: string, options: SimilarOptions) => {
    const { similarCommand } = await import('./similar-command.ts')
    await similarCommand(photo, options)
  })

  const duplicates = program
    .command('duplicates')
    .description('photos that are one picture, and bursts, with the one that is best kept')
    .option('--limit <n>', 'groups to list', whole, 100)
  for (const option of common()) duplicates.addOption(option)
  duplicates.action(async (options: DuplicatesOptions) => {
    const { duplicatesCommand } = await import('./duplicates-command.ts')
    await duplicatesCommand(options)
  })
}
