import { parseArgs } from 'node:util'

const shells = ['electron', 'browser', 'command'] as const

/** What a shell tells the service when it starts it. */
export interface ServiceOptions {
  /** Folder of the library; made when it is not there. */
  readonly library: string
  /** `command`: someone waits for one run, so at full effort, and nothing is begun unasked beside it. */
  readonly shell: (typeof shells)[number]
  /** Check what handlers give back against the contract: development and tests. */
  readonly checkOutput: boolean
  /** Times a photo may have been in work when the process went down before it is left alone. */
  readonly crashesAllowed: number
  /** The program that makes the models where they are missing; without it they are only looked for. */
  readonly modelMaker?: string | null
}

/** How the process before this one ended: not at all, by itself, or by someone's hand. */
export type Before = 'none' | 'crashed' | 'killed'

/** A process that goes down by itself may take a photo with it twice; who was killed is no photo's fault. */
export function crashesAllowed(before: Before): number {
  return before === 'crashed' ? 2 : 6
}

export function argumentsOf(options: ServiceOptions): string[] {
  return [
    '--library',
    options.library,
    '--shell',
    options.shell,
    '--crashes-allowed',
    String(options.crashesAllowed),
    ...(options.checkOutput ? ['--check-output'] : []),
    ...(options.modelMaker ? ['--model-maker', options.modelMaker] : []),
  ]
}

/** @throws Error naming what is wrong or missing. */
export function optionsOf(args: readonly string[]): ServiceOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      library: { type: 'string' },
      shell: { type: 'string', default: 'browser' },
      'crashes-allowed': { type: 'string', default: '6' },
      'check-output': { type: 'boolean', default: false },
      'model-maker': { type: 'string' },
    },
  })
  if (values.library === undefined) throw new Error('The service needs --library FOLDER.')
  return {
    library: values.library,
    shell: shells.find((shell) => shell === values.shell) ?? 'browser',
    checkOutput: values['check-output'],
    crashesAllowed: Number(values['crashes-allowed']),
    modelMaker: values['model-maker'] ?? null,
  }
}
