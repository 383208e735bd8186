import type { Command } from 'commander'
import type * as Commands from './album-commands.ts'
import { notEmpty, several } from './arguments.ts'
import type { CommonOptions } from './library-option.ts'

/** Loaded when one is called, see `command-line.ts`. */
const commands = (): Promise<typeof Commands> => import('./album-commands.ts')

/** Adds `album` with its commands to the command line. */
export function addAlbumCommands(program: Command): void {
  const album = program.command('album').description('albums: list, make, rename, remove, fill')
  const add = (name: string, description: string): Command => album.command(name).description(description)

  add('list', 'all albums with the number of photos').action(async (_: CommonOptions, command: Command) =>
    (await commands()).listCommand(command.optsWithGlobals()),
  )
  add('make', 'make an album, with photos in it if any are named')
    .argument('<name>', 'what it is called', notEmpty)
    .argument('[photo...]', 'paths or numbers of photos', several)
    .action(async (name: string, photos: string[] | undefined, _: CommonOptions, command: Command) =>
      (await commands()).makeCommand(name, photos ?? [], command.optsWithGlobals()),
    )
  add('rename', 'give an album another name')
    .argument('<name>', 'its present name', notEmpty)
    .argument('<new-name>', 'what it is to be called', notEmpty)
    .action(async (name: string, next: string, _: CommonOptions, command: Command) =>
      (await commands()).renameCommand(name, next, command.optsWithGlobals()),
    )
  add('remove', 'remove an album; its photos stay')
    .argument('<name>', 'its name', notEmpty)
    .action(async (name: string, _: CommonOptions, command: Command) =>
      (await commands()).removeCommand(name, command.optsWithGlobals()),
    )
  for (const [command, description, isWanted] of [
    ['add', 'put photos into an album', true],
    ['take-out', 'take photos out of an album', false],
  ] as const)
    add(command, description)
      .argument('<name>', 'its name', notEmpty)
      .argument('<photo...>', 'paths or numbers of photos', several)
      .action(async (name: string, photos: string[], _: CommonOptions, self: Command) =>
        (await commands()).putCommand(name, photos, isWanted, self.optsWithGlobals()),
      )
}
