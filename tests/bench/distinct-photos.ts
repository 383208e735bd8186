import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/**
 * Fills a folder with copies of photos, in turn, each with a content of its own that no decoder looks at: what was seen
 * of one copy is not known of another.
 */
export function distinctPhotos(folder: string, sources: readonly string[], count: number): void {
  mkdirSync(folder, { recursive: true })
  const originals = sources.map((path) => ({ bytes: readFileSync(path), ending: extname(path) }))
  for (let number = 0; number < count; number++) {
    const original = originals[number % originals.length]
    if (!original) throw new Error('There is no photo to copy.')
    const text = `copy ${number}`
    const isJpeg = original.bytes.readUInt16BE(0) === 0xffd8
    const bytes = isJpeg ? withComment(original.bytes, text) : withFreeBox(original.bytes, text)
    writeFileSync(join(folder, `IMG_${number}${original.ending}`), bytes)
  }
}

/** A JPEG with a comment (`COM`) right after its start. */
function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(`\xff\xfe\0\0${text}`, 'latin1')
  comment.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
}

/** A HEIF file with a box at its end that readers are to pass over. */
function withFreeBox(file: Buffer, text: string): Buffer {
  const box = Buffer.from(`\0\0\0\0free${text}`, 'latin1')
  box.writeUInt32BE(box.length)
  return Buffer.concat([file, box])
}
