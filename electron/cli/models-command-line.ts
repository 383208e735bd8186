import { InvalidArgumentError, Option, type Command } from 'commander'
import type { AddOptions } from './models-commands.ts'
import type { CommonOptions } from './library-option.ts'

interface Given {
  readonly notEmpty: (text: string) => string
  readonly common: () => readonly Option[]
}

/** Adds `models` to the command line. */
export function addModelsCommand(program: Command, { notEmpty, common }: Given): void {
  const models = program
    .command('models')
    .description('networks that can look at photos: without another word they are listed')
  const withCommon = (command: Command): Command => {
    for (const option of common()) command.addOption(option)
    return command
  }
  withCommon(models).action(async (options: CommonOptions) => {
    const { listCommand } = await import('./models-commands.ts')
    await listCommand(options)
  })
  withCommon(
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
      ),
  ).action(async (file: string, _: AddOptions, self: Command) => {
    const options: AddOptions = self.optsWithGlobals()
    if (options.layout === undefined && (options.mean ?? options.deviation) !== undefined)
      program.error('error: with --mean or --deviation also say --layout')
    const { addCommand } = await import('./models-commands.ts')
    await addCommand(file, options)
  })
  withCommon(
    models
      .command('try')
      .description('fetch a network if it is not here, and see whether it works and how fast')
      .argument('<name>', 'as `models` lists it', notEmpty),
  ).action(async (name: string, _: CommonOptions, self: Command) => {
    const { tryCommand } = await import('./models-commands.ts')
    await tryCommand(name, self.optsWithGlobals())
  })
  withCommon(
    models
      .command('use')
      .description('have another network look at all photos; what was decided stays')
      .argument('<name>', 'as `models` lists it', notEmpty),
  ).action(async (name: string, _: CommonOptions, self: Command) => {
    const { useCommand } = await import('./models-commands.ts')
    await useCommand(name, self.optsWithGlobals())
  })
  withCommon(
    models
      .command('free')
      .description('forget what a network found, and its file; without a name of all that are not in use')
      .argument('[name]', 'as `models` lists it', notEmpty),
  ).action(async (name: string | undefined, _: CommonOptions, self: Command) => {
    const { freeCommand } = await import('./models-commands.ts')
    await freeCommand(name ?? null, self.optsWithGlobals())
  })
}

function triple(text: string): readonly [number, number, number] {
  const [red, green, blue, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (red === undefined || green === undefined || blue === undefined || more.length > 0) {
    throw new InvalidArgumentError(
      'It must be three numbers: of red, green and blue, like 123.675,116.28,103.53.',
    )
  }
  if (![red, green, blue].every(Number.isFinite)) throw new InvalidArgumentError('It must be three numbers.')
  return [red, green, blue]
}
