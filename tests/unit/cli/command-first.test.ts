import { describe, expect, it } from 'vitest'
import { commandFirst } from '../../../electron/cli/command-first.ts'

describe('the command among the arguments', () => {
  it.each([
    [
      ['search', 'black', 'swan'],
      ['search', 'black', 'swan'],
    ],
    [
      ['--library', 'photos', 'search', 'dog'],
      ['search', '--library', 'photos', 'dog'],
    ],
    [
      ['--json', '--library=photos', 'index', 'here', '--again'],
      ['index', '--json', '--library=photos', 'here', '--again'],
    ],
    [['backups'], ['backups']],
    [
      ['restore', '--yes'],
      ['restore', '--yes'],
    ],
    // What follows `--library` is a folder, whatever it is called.
    [
      ['--library', 'search', 'labels'],
      ['labels', '--library', 'search'],
    ],
  ])('%j', (args, wanted) => {
    expect(commandFirst(args)).toEqual({ before: [], args: wanted })
  })

  it('options of others stand aside', () => {
    expect(commandFirst(['--no-sandbox', 'doctor', '--json'])).toEqual({
      before: ['--no-sandbox'],
      args: ['doctor', '--json'],
    })
  })

  it.each([
    [[]],
    [['--json']],
    [['--library']],
    [['--library', 'search']],
    [['/photos/2019']],
    [['searching']],
  ])('there is none in %j', (args) => {
    expect(commandFirst(args)).toBeNull()
  })
})
