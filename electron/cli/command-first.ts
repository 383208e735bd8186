/** The commands of `kartoteka`; the installed app opens its window when none of them is asked for. */
export const commandNames = [
  'index',
  'search',
  'similar',
  'duplicates',
  'models',
  'teach',
  'show',
  'problems',
  'labels',
  'date',
  'export',
  'copy',
  'rate',
  'hide',
  'album',
  'serve',
  'doctor',
  'backups',
  'restore',
  'bench',
  'help',
] as const

export interface AskedCommand {
  /** Other options that stood before the command. */
  readonly before: readonly string[]
  /** The command with everything that belongs to it, in the order the command line takes. */
  readonly args: readonly string[]
}

const names: ReadonlySet<string> = new Set(commandNames)

/**
 * Finds the command among arguments. `--json` and `--library DIR` are taken before it as well as behind it.
 * @returns `null` when the first argument that is no option is no command
 */
export function commandFirst(args: readonly string[]): AskedCommand | null {
  const [common, before]: [string[], string[]] = [[], []]
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    if (arg === '--library') {
      common.push(arg, ...args.slice(at + 1, at + 2))
      at += 1
    } else if (arg === '--json' || arg.startsWith('--library=')) common.push(arg)
    else if (arg.startsWith('-')) before.push(arg)
    else return names.has(arg) ? { before, args: [arg, ...common, ...args.slice(at + 1)] } : null
  }
  return null
}
