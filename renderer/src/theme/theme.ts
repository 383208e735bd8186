import type { Settings } from '../../../electron/core/contract/states.ts'

export type Theme = Settings['theme']

const remembered = 'kartoteka.theme'

/** Light or dark for the whole page; `system` leaves it to the computer. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  localStorage.setItem(remembered, theme)
}

/** Before the settings have come: what the last window showed, so that nothing flashes. */
export function applyRememberedTheme(): void {
  const theme = localStorage.getItem(remembered)
  if (theme === 'light' || theme === 'dark') applyTheme(theme)
}
