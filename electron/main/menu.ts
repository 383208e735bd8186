import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '../core/contract/contract.ts'
import type { Texts } from './texts.ts'

export interface MenuActions {
  readonly addFolders: () => void
  readonly rescan: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => void
  readonly showLog: () => void
  /** What only the page can do. */
  readonly tell: (command: EventPayload<'menu'>['command']) => void
}

/** The application menu, in the person's language. */
export function setMenu(texts: Texts, actions: MenuActions): void {
  const mac = process.platform === 'darwin'
  const tell = (command: EventPayload<'menu'>['command']) => (): void => actions.tell(command)
  const settings: MenuItemConstructorOptions = {
    label: texts.settings,
    accelerator: 'CmdOrCtrl+,',
    click: tell('settings'),
  }
  const template: MenuItemConstructorOptions[] = [
    ...(mac
      ? [
          {
            label: app.name,
            submenu: [
              { role: 'about' },
              { type: 'separator' },
              settings,
              { type: 'separator' },
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              { type: 'separator' },
              { role: 'quit' },
            ],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      label: texts.file,
      submenu: [
        { label: texts.addFolders, accelerator: 'CmdOrCtrl+O', click: actions.addFolders },
        { label: texts.rescan, accelerator: 'F5', click: actions.rescan },
        ...(mac
          ? [{ type: 'separator' } as const, { role: 'close' } as const]
          : [
              { type: 'separator' } as const,
              settings,
              { type: 'separator' } as const,
              { label: texts.quit, accelerator: 'CmdOrCtrl+Q', role: 'quit' } as const,
            ]),
      ],
    },
    {
      label: texts.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        { type: 'separator' },
        {
          label: texts.find,
          accelerator: 'CmdOrCtrl+F',
          click: tell('find'),
        },
      ],
    },
    {
      label: texts.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: texts.indexing,
      submenu: [
        { label: texts.pause, click: actions.pause },
        { label: texts.resume, click: actions.resume },
        { label: texts.stop, click: actions.stop },
      ],
    },
    {
      role: 'help',
      label: texts.help,
      submenu: [
        {
          label: texts.shortcuts,
          click: tell('shortcuts'),
        },
        { label: texts.showLog, click: actions.showLog },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
