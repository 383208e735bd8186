import { test as setup } from '@playwright/test'
import { prepareBrowser } from './find-browser.ts'

setup('there is a browser for the tests', prepareBrowser)
