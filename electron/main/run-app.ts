import { app, nativeTheme, powerMonitor, session, shell, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { indexingState, settings as settingsSchema, type Settings } from '../core/contract/states.ts'
import type { EventName } from '../core/contract/contract.ts'
import type { Result } from '../core/contract/failure.ts'
import { listPageFiles } from '../core/media/page-files.ts'
import { eventChannel } from '../preload/channels.ts'
import { serviceEntry } from '../service/fork-service.ts'
import { boundLog } from '../service/log-lines.ts'
import { checkoutsModelMaker } from '../service/model-maker.ts'
import { argumentsOf, crashesAllowed } from '../service/options.ts'
import { createSupervisor, type Supervisor } from '../service/supervisor.ts'
import { addFolders } from './add-folders.ts'
import { answerCalls } from './calls.ts'
import { foldersAmong } from './folder-arguments.ts'
import { guardContents, guardSession } from './guard.ts'
import { createTaskbarProgress } from './taskbar-progress.ts'
import type { Log } from './log.ts'
import { setMenu } from './menu.ts'
import { openWindowState } from './window-state.ts'
import { registerSchemes, serveSchemes } from './schemes.ts'
import { chooseFolders, electronShellCalls } from './shell-calls.ts'
import { startUtility } from './start-utility.ts'
import { textsFor } from './texts.ts'
import { createUpdateCheck } from './updates.ts'
import { openWindow } from './window.ts'

export interface AppOptions {
  /** Folder of the library. */
  readonly library: string
  /** Arguments that may name folders, without the program itself. */
  readonly args: readonly string[]
  readonly log: Log
  readonly logFile: string
}

/** The `appId` of electron-builder.yml. */
const applicationId = 'org.kartoteka.Kartoteka'

/** Handed from a second start to the first; checked, since any local program can start us. */
const handedOver = v.object({ args: v.array(v.string()), cwd: v.string() })

/**
 * The life of the desktop app. The single-instance lock comes before anything is opened: a second start hands
 * its folders to the first and ends.
 */
export async function runApp(options: AppOptions): Promise<void> {
  const { log } = options
  // What a page tries, it may try as often as it likes.
  const logRefused = boundLog(log)
  const mine: v.InferOutput<typeof handedOver> = { args: [...options.args], cwd: process.cwd() }
  if (!app.requestSingleInstanceLock(mine)) {
    app.quit()
    return
  }
  app.enableSandbox()
  // As the installer's shortcut names it, so that Windows puts the window under that.
  app.setAppUserModelId(applicationId)
  registerSchemes()
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, logRefused)
  })

  let window: BrowserWindow | null = null
  let language: Settings['language'] = 'system'
  let supervisor: Supervisor | null = null
  let openLater: string[] = []
  const texts = (): ReturnType<typeof textsFor> => textsFor(language, app.getLocale())
  const send = (name: EventName, payload: unknown): void => {
    if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel, name, payload)
  }

  const indexFolders = async (paths: readonly string[]): Promise<void> => {
    if (paths.length === 0) return
    if (supervisor === null) {
      openLater = [...openLater, ...paths]
      return
    }
    await addFolders(paths, { supervisor, window, texts: texts(), log })
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = v.safeParse(handedOver, data)
    if (window !== null) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    }
    if (parsed.success) void foldersAmong(parsed.output.args, parsed.output.cwd).then(indexFolders)
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void foldersAmong([path], '/').then(indexFolders)
  })

  await app.whenReady()
  guardSession(session.defaultSession, logRefused)
  const windowState = openWindowState(join(app.getPath('userData'), 'window.json'))
  const taskbar = createTaskbarProgress(() => window)
  const checkForUpdates = createUpdateCheck(log)
  const checkOutput = !app.isPackaged
  const running = createSupervisor({
    spawn: (before) =>
      startUtility(
        serviceEntry,
        argumentsOf({
          library: options.library,
          shell: 'electron',
          checkOutput,
          crashesAllowed: crashesAllowed(before),
          modelMaker: checkoutsModelMaker(),
        }),
        log,
      ),
    onEvent: (name, payload) => {
      if (name === 'indexing') {
        const state = v.safeParse(indexingState, payload)
        if (state.success) taskbar.follow(state.output)
      }
      send(name, payload)
    },
    onState: (state) => {
      if (state.state !== 'running') taskbar.end()
      else tellBattery()
      send('service', state)
    },
    log,
  })
  supervisor = running
  serveSchemes(session.defaultSession.protocol, await listPageFiles(pageFolder()), running)

  const tellBattery = (): void => {
    void running.inner('onBattery', powerMonitor.isOnBatteryPower())
  }
  powerMonitor.on('on-battery', tellBattery)
  powerMonitor.on('on-ac', tellBattery)
  tellBattery()

  const ask = (name: string, input: unknown = null): void => {
    void report(name, running.call(name, input))
  }
  const report = async (name: string, answer: Promise<Result<unknown>>): Promise<void> => {
    const result = await answer
    if (!result.ok) log(`${name}: ${result.error.message}`)
  }
  const showMenu = (): void => {
    setMenu(texts(), {
      addFolders: () => {
        if (window !== null) void chooseFolders(window, windowState, texts()).then(indexFolders)
      },
      rescan: () => {
        ask('startIndexing', { folderId: null, again: false })
      },
      pause: () => {
        ask('pauseIndexing')
      },
      resume: () => {
        ask('resumeIndexing')
      },
      stop: () => {
        ask('stopIndexing')
      },
      showLog: () => {
        shell.showItemInFolder(options.logFile)
      },
      tell: (command) => {
        send('menu', { command })
      },
    })
  }
  const followSettings = (value: unknown): void => {
    const parsed = v.safeParse(settingsSchema, value)
    if (!parsed.success) return
    language = parsed.output.language
    nativeTheme.themeSource = parsed.output.theme
    showMenu()
    void checkForUpdates(parsed.output.checkForUpdates && app.isPackaged, texts())
  }
  answerCalls({
    window: () => window?.webContents ?? null,
    supervisor: running,
    own: electronShellCalls({ window: () => window, supervisor: running, windowState, texts }),
    onAnswered: (name, value) => {
      if (name === 'getSettings' || name === 'setSettings') followSettings(value)
    },
    checkOutput,
    log: logRefused,
  })
  showMenu()

  const show = (): void => {
    window = openWindow(windowState, log)
    window.on('closed', () => {
      window = null
    })
    window.webContents.on('did-finish-load', () => {
      send('service', running.state())
    })
  }
  show()
  app.on('activate', () => {
    if (window === null) show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let stopped = false
  const stopAndQuit = async (): Promise<void> => {
    await running.stop()
    stopped = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (stopped) return
    // The running photos are finished and the library is closed before the program ends.
    event.preventDefault()
    taskbar.end()
    void stopAndQuit()
  })

  await indexFolders([...openLater.splice(0), ...(await foldersAmong(mine.args, mine.cwd))])
}

function pageFolder(): string {
  return fileURLToPath(new URL('../renderer', import.meta.url))
}
