import { makeBundles } from './fixtures/bundled.ts'
import { makeTestMaterial } from './fixtures/make-synthetic.ts'

/** Before the first test of a run, of Vitest as of Playwright: its processes inherit where the network and the service are. */
export default async function makeAll(): Promise<void> {
  await makeTestMaterial()
  await makeBundles()
}
