import { keepCompiled } from './keep-compiled.mjs'

/** `npm run kartoteka`: the command line of a checkout. */
keepCompiled()
await import('./main.ts')
