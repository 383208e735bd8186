import { measureWall } from './wall-measure.ts'

/**
 * `node tests/bench/wall.ts URL [SECONDS]`: scrolls through the wall of a running browser shell and prints
 * what it cost. The library behind it decides what is measured; see electron/bench for one of a million photos.
 */
const [url, seconds] = process.argv.slice(2)
if (url === undefined) {
  console.error('Usage: node tests/bench/wall.ts URL [SECONDS]')
  process.exit(64)
}
const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value
console.log(JSON.stringify(await measureWall(url, Number(seconds ?? 60)), rounded, 2))
