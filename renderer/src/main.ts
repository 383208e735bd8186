import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, speakRemembered } from './i18n/i18n.ts'
import './theme/tokens.css'
import './theme/base.css'
import './theme/controls.css'
import './theme/page.css'
import { applyRememberedTheme } from './theme/theme.ts'

applyRememberedTheme()
speakRemembered()
createApp(App).use(createPinia()).use(i18n).mount('#app')
