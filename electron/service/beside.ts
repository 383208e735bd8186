import { fileURLToPath } from 'node:url'

/**
 * Where a process or thread entry lies: from source the `.ts` file itself, in a bundle `NAME.js` beside the
 * bundle that asks (electron/build.ts gives the names).
 */
export function beside(name: 'service' | 'viewing', source: string): string {
  const bundled = !import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(bundled ? `./${name}.js` : source, import.meta.url))
}
