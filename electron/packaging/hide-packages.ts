import { registerHooks } from 'node:module'

/**
 * Preloaded (`NODE_OPTIONS=--import=…`) into a process and all its threads and children: the packages named in
 * KARTOTEKA_HIDE, separated by commas, cannot be found, as if they were not installed.
 */
const hidden = (process.env['KARTOTEKA_HIDE'] ?? '').split(',').filter((name) => name !== '')

registerHooks({
  resolve: (specifier, context, next) => {
    if (hidden.some((name) => specifier === name || specifier.startsWith(`${name}/`))) {
      throw Object.assign(new Error(`${specifier} is hidden`), { code: 'MODULE_NOT_FOUND' })
    }
    return next(specifier, context)
  },
})
