import { makeTestMaterial } from './fixtures/make-synthetic.ts'

/** Before the first test of a run, of Vitest as of Playwright: its processes inherit where the network is. */
export default makeTestMaterial
