import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What the product can reach beyond itself, by its sources: other programs, other computers, and text turned into a page. */
const root = resolve(import.meta.dirname, '../../..')

function sourcesBelow(folder: string): { readonly name: string; readonly code: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs|cjs|vue|html)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !/^electron\/(?:bench|packaging)\//.test(name) && !name.includes('node_modules'))
    .map((name) => ({
      name,
      code: readFileSync(join(root, name), 'utf8').replaceAll(
        /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm,
        '',
      ),
    }))
}

const core = [...sourcesBelow('electron'), ...sourcesBelow('native-models')]
const renderer = sourcesBelow('renderer')
const whoSays = (pattern: RegExp, sources = [...core, ...renderer]): string[] =>
  sources
    .filter(({ code }) => pattern.test(code))
    .map(({ name }) => name)
    .toSorted()

it('all sources are read', () => {
  expect(core.length).toBeGreaterThan(300)
  expect(renderer.length).toBeGreaterThan(150)
})

describe('other programs', () => {
  it('are started in a few places', () => {
    expect(whoSays(/node:child_process/)).toEqual([
      'electron/cli/start.ts',
      'electron/cli/terminal.ts',
      'electron/core/library/upkeep/network.ts',
      'electron/service/network-trial.ts',
      'electron/service/processes.ts',
      'electron/service/run-script.ts',
      'electron/web/show-in-folder.ts',
    ])
  })

  it('and threads end nothing by their errors: each has a listener that stays', () => {
    const starts = /(?:\s|utilityProcess\.)(?:spawn|fork)\(|new Worker\(/
    expect(whoSays(starts, core).length).toBeGreaterThan(9)
    const listens = whoSays(/\.on\('error'/)
    expect(whoSays(starts, core).filter((name) => !listens.includes(name))).toEqual([])
  })

  it('never by a shell', () => {
    expect(whoSays(/import\s*{[^}]*\bexec(?:Sync)?\b[^}]*}\s*from 'node:child_process'/)).toEqual([])
    expect(whoSays(/\* as \w+ from 'node:child_process'|shell: true|shell: process/)).toEqual([])
  })
})

describe('other computers', () => {
  it('are asked in one place, for networks; the page asks its own program', () => {
    expect(whoSays(/(?<!function |\.)\bfetch\(['"`.a-z]/)).toEqual([
      'native-models/weights/download.ts',
      'renderer/src/browser-client.ts',
      'renderer/src/give-away/copy-picture.ts',
    ])
    expect(whoSays(/new (?:WebSocket|EventSource)\(|XMLHttpRequest|sendBeacon/)).toEqual([
      'renderer/src/browser-client.ts',
    ])
  })

  it('are reached by nothing else: what the product has of Node’s networking only listens', () => {
    expect(whoSays(/from 'node:(?:https|http2|tls|dgram|dns)|node:dns\/promises/)).toEqual([])
    expect(
      whoSays(
        /import {[^}]*\b(?:connect|createConnection|request|get|Socket)\b[^}]*} from 'node:(?:net|http)'/,
      ),
    ).toEqual([])
  })

  it('are looked at for updates in one place', () => {
    expect(whoSays(/import\('electron-updater|from 'electron-updater/)).toEqual(['electron/main/updates.ts'])
  })

  it('are not asked by Chromium for dictionaries', () => {
    expect(whoSays(/spellcheck: false/)).toEqual(['electron/main/window.ts'])
    expect(whoSays(/setSpellCheckerEnabled\(false\)/)).toEqual(['electron/main/guard.ts'])
  })
})

describe('the page', () => {
  it('shows words as text: nothing makes elements of them', () => {
    const makesElements =
      /v-html|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|setHTMLUnsafe|srcdoc|document\.write/
    expect(whoSays(makesElements, renderer)).toEqual([])
  })

  it('runs no text', () => {
    expect(whoSays(/\beval\(|new Function\(|set(?:Timeout|Interval)\(['"`]|javascript:/, renderer)).toEqual(
      [],
    )
  })
})
