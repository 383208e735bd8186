/**
 * A path as one word of a command that people may copy, taken as it is by sh and fish, or by cmd and PowerShell. A path may
 * come from a library of someone else, and must not become a command itself.
 * @returns `null` where no way of quoting holds in both shells of Windows
 */
export function shellWord(path: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== 'win32') return `'${path.replaceAll("'", String.raw`'\''`)}'`
  if (/["“”„$`%!]/u.test(path)) return null
  // A backslash before the closing quote would make that part of the path, as in "D:\".
  return `"${path.replace(/\\+$/u, '$&$&')}"`
}
