import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Session, WebContents } from 'electron'
import { guardContents, guardSession } from '../../../electron/main/guard.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

const { defaultSession } = electron().session
const log: string[] = []

beforeEach(() => {
  log.length = 0
})

describe('the window’s session', () => {
  guardSession(defaultSession as unknown as Session, (line) => log.push(line))
  const { rules } = defaultSession

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid'])(
    'denies %s, asked for or checked',
    (permission) => {
      const answers: boolean[] = []
      rules.request?.(null, permission, (granted) => answers.push(granted))
      expect(answers).toEqual([false])
      expect(rules.check?.()).toBe(false)
      expect(rules.device?.()).toBe(false)
      expect(log.join()).toContain(permission)
    },
  )

  it('lets the page fill the screen, and nothing is said about it', () => {
    const answers: boolean[] = []
    rules.request?.(null, 'fullscreen', (granted) => answers.push(granted))
    expect(answers).toEqual([true])
    expect(log).toEqual([])
  })

  it.each([
    ['app://kartoteka/assets/main.js', false],
    ['kartoteka-media://photo/thumb/12?v=00112233', false],
    ['blob:app://kartoteka/1234', false],
    ['data:image/png;base64,AA==', false],
    ['https://example.org/track.gif', true],
    ['http://127.0.0.1:8080/', true],
    ['file:///etc/passwd', true],
    ['app://elsewhere/', true],
    ['kartoteka-media://elsewhere/thumb/12', true],
    ['ws://localhost:1234/', true],
    ['nonsense', true],
  ])('%s: blocked is %s', (url, blocked) => {
    let cancel: boolean | null = null
    rules.web?.({ url }, (answer) => {
      cancel = answer.cancel
    })
    expect(cancel).toBe(blocked)
  })
})

describe('the page', () => {
  let open: ((details: { url: string }) => { action: string }) | null = null
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
      open = handler
    },
  })
  guardContents(contents as unknown as WebContents, (line) => log.push(line))

  const isStopped = (event: string, url: string): boolean => {
    let prevented = false
    contents.emit(event, {
      url,
      preventDefault: () => {
        prevented = true
      },
    })
    return prevented
  }

  it.each([
    'https://example.org/',
    'https://example.org/?next=app://kartoteka/',
    'app://kartoteka.example.org/',
    'app://elsewhere/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    '',
  ])('cannot be led to %s by a link, a frame or a redirect', (url) => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(isStopped(event, url)).toBe(true)
    }
  })

  it('may go on within itself', () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(isStopped(event, 'app://kartoteka/#/photo/12')).toBe(false)
    }
  })

  it('opens no windows and attaches no webviews, and both are logged', () => {
    expect(open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
    expect(open?.({ url: 'app://kartoteka/' })).toEqual({ action: 'deny' })
    expect(isStopped('will-attach-webview', 'app://kartoteka/')).toBe(true)
    expect(log).toHaveLength(3)
  })
})
