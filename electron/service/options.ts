import { parseArgs } from 'node:util'

/** What a shell tells the service when it starts it. */
export interface ServiceOptions {
  /** Folder of the library; made when it is not there. */
  readonly library: string
  readonly shell: 'electron' | 'browser'
  /** Check what handlers give back against the contract: development and tests. */
  readonly checkOutput: boolean
}

export function argumentsOf(options: ServiceOptions): string[] {
  return [
    '--library',
    options.library,
    '--shell',
    options.shell,
    ...(options.checkOutput ? ['--check-output'] : []),
  ]
}

/** @throws Error naming what is wrong or missing. */
export function optionsOf(args: readonly string[]): ServiceOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      library: { type: 'string' },
      shell: { type: 'string', default: 'browser' },
      'check-output': { type: 'boolean', default: false },
    },
  })
  if (values.library === undefined) throw new Error('The service needs --library FOLDER.')
  return {
    library: values.library,
    shell: values.shell === 'electron' ? 'electron' : 'browser',
    checkOutput: values['check-output'],
  }
}
