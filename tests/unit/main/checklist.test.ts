import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Electron's security guide, as far as it is about what must never be written. */
const electronFolder = resolve(import.meta.dirname, '../../../electron')
const sources = ['main', 'preload'].flatMap((folder) =>
  readdirSync(join(electronFolder, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      name: `${folder}/${name}`,
      code: readFileSync(join(electronFolder, folder, name), 'utf8').replaceAll(
        /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
        '',
      ),
    })),
)

/** Files whose code, without its comments, matches. */
const whoSays = (pattern: RegExp): string[] =>
  sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name)

describe('the code of the window’s process', () => {
  it('is all read', () => {
    expect(sources.length).toBeGreaterThan(15)
    expect(whoSays(/new BrowserWindow\(/)).toEqual(['main/window.ts'])
  })

  it.each([
    ['opens addresses in other programs', /openExternal/],
    ['runs text as code', /\beval\(|new Function\(|executeJavaScript|insertCSS|insertText/],
    [
      'loosens the renderer',
      /nodeIntegration\w*: true|nodeIntegrationIn|contextIsolation: false|sandbox: false|webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag: true|plugins: true/,
    ],
    ['loosens Chromium', /commandLine|appendSwitch|disableHardwareAcceleration|no-sandbox/],
    ['trusts certificates of its own', /certificate-error|setCertificateVerifyProc|ignoreCertificateErrors/],
    ['uses a second session, which nobody guards', /fromPartition|fromPath\(|partition:/],
    ['offers a page another process’s modules', /@electron\/remote|enableRemoteModule/],
    [
      'makes itself the program for addresses',
      /setAsDefaultProtocolClient|registerFileProtocol|interceptFile/,
    ],
    ['loads a file instead of its scheme', /loadFile\(|file:\/\/\//],
    ['bypasses its own content policy', /bypassCSP|allowServiceWorkers|corsEnabled/],
    ['starts other programs', /node:child_process|\bexec\(|spawn\(/],
    ['opens a port', /node:(?:http|https|net|dgram)'|createServer|remote-debugging/],
  ])('never %s', (_what, pattern) => {
    expect(whoSays(pattern)).toEqual([])
  })

  it('hands a file to another program in one place, under a name that was looked at', () => {
    const ownList = 'main/list-files.ts'
    expect(whoSays(/openPath/)).toEqual([ownList, 'main/shell-calls.ts'])
    expect(whoSays(/openPath\((?!nameToOpen\()/)).toEqual([ownList])
    // A text that the program has just written itself, where only its owner can write.
    expect(sources.find(({ name }) => name === ownList)?.code).toMatch(
      /const file = join\(folder, 'files\.txt'\)[\s\S]*openPath\(file\)[\s\S]*const folder = mkdtempSync\(/,
    )
  })

  it('hears pages in one place, and speaks to them through one channel', () => {
    expect(whoSays(/ipcMain/)).toEqual(['main/calls.ts'])
    expect(whoSays(/webContents\.send\(|postMessage\([^)]*webContents/)).toEqual(['main/run-app.ts'])
    expect(whoSays(/ipcRenderer/)).toEqual(['preload/preload.ts'])
  })

  it('turns the sandbox on and registers its schemes before the app is ready', () => {
    const { code } = sources.find(({ name }) => name === 'main/run-app.ts') ?? { code: '' }
    const order = ['requestSingleInstanceLock(', 'enableSandbox()', 'registerSchemes()', 'guardContents(']
    const places = [...order, 'await app.whenReady()', 'guardSession(', '\n  show()'].map((text) =>
      code.indexOf(text),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })
})
