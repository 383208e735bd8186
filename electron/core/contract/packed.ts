/**
 * Long lists of numbers cross the borders between processes as the bytes that they have in memory, in base64: as JSON
 * numbers a million bytes would take three times as long, and whole numbers five times.
 */
export function bytesFromText(text: string): Uint8Array {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at)
  return bytes
}

/** Whole numbers of four bytes each, the least significant first, as every processor has them that this program runs on. */
export const wholesFromText = (text: string): Int32Array => new Int32Array(bytesFromText(text).buffer)
