import { makeTestMaterial } from './fixtures/make.ts'

/** Before the first test of a run: its processes inherit where the network is. */
export default makeTestMaterial
