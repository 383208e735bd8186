import { keepCompiled } from './keep-compiled.mjs'

/** `npm start`: the app of a checkout. */
keepCompiled()
await import('./start.ts')
