import { Option, type Command } from 'commander'
import { notEmpty, triple } from './arguments.ts'
import type * as Commands from './models-commands.ts'
import type { CommonOptions } from './library-option.ts'

/** Loaded when one is called, see `command-line.ts`. */
const commands = (): Promise<typeof Commands> => import('./models-commands.ts')

/** Adds `models` to the command line. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('networks that can look at photos: without another word they are listed')
    .action(async (options: CommonOptions) => (await commands()).listCommand(options))
  models
    .command('add')
    .description('take in an ONNX file of the 1000 classes; one of the zoo needs no options')
    .argument('<file>', 'its path', notEmpty)
    .addOption(new Option('--layout <layout>', 'how photos lie in its input').choices(['nchw', 'nhwc']))
    .addOption(new Option('--order <order>', 'of the channels').choices(['rgb', 'bgr']).default('rgb'))
    .option('--mean <r,g,b>', 'taken off each channel, 0 to 255', triple)
    .option('--deviation <r,g,b>', 'by which it is then divided', triple)
    .addOption(
      new Option('--output <kind>', 'what it gives').choices(['probabilities', 'logits']).default('logits'),
    )
    .action(async (file: string, _: Commands.AddOptions, self: Command) => {
      const options: Commands.AddOptions = self.optsWithGlobals()
      if (options.layout === undefined && (options.mean ?? options.deviation) !== undefined)
        program.error('error: with --mean or --deviation also say --layout')
      await (await commands()).addCommand(file, options)
    })
  models
    .command('try')
    .description('fetch a network if it is not here, and see whether it works and how fast')
    .argument('<name>', 'as `models` lists it', notEmpty)
    .action(async (name: string, _: CommonOptions, self: Command) =>
      (await commands()).tryCommand(name, self.optsWithGlobals()),
    )
  models
    .command('use')
    .description('have another network look at all photos; what was decided stays')
    .argument('<name>', 'as `models` lists it', notEmpty)
    .action(async (name: string, _: CommonOptions, self: Command) =>
      (await commands()).useCommand(name, self.optsWithGlobals()),
    )
  models
    .command('free')
    .description('forget what a network found, and its file; without a name of all that are not in use')
    .argument('[name]', 'as `models` lists it', notEmpty)
    .action(async (name: string | undefined, _: CommonOptions, self: Command) =>
      (await commands()).freeCommand(name ?? null, self.optsWithGlobals()),
    )
}
