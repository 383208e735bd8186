import { test as setup } from '@playwright/test'
import { testBrowser } from './find-browser.ts'
import { unpackPackagedChromium } from './packaged-chromium.ts'

setup('there is a browser for the tests', async () => {
  if (!testBrowser.ok) throw new Error(testBrowser.why)
  console.log(`The tests run in ${testBrowser.path} (${testBrowser.from}).`)
  if (testBrowser.from === '@sparticuz/chromium') await unpackPackagedChromium()
})
