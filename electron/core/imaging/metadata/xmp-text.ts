/**
 * The text of an XMP packet: UTF-8, UTF-16 or UTF-32, told by the byte order mark or, since a packet begins with ASCII, by
 * where its first four bytes are zero. Never throws: what is no character becomes U+FFFD.
 */
export function packetText(packet: Buffer): string {
  const [a, b, c, d] = packet
  if (a === 0xef && b === 0xbb && c === 0xbf) return packet.toString('utf8', 3)
  const zeros = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('')
  if (zeros === 'xx00' && a === 0xff && b === 0xfe) return utf32(packet.subarray(4), 'LE')
  if (zeros === '00xx' && c === 0xfe && d === 0xff) return utf32(packet.subarray(4), 'BE')
  if (zeros === 'x000') return utf32(packet, 'LE')
  if (zeros === '000x') return utf32(packet, 'BE')
  if (a === 0xff && b === 0xfe) return utf16(packet.subarray(2), 'LE')
  if (a === 0xfe && b === 0xff) return utf16(packet.subarray(2), 'BE')
  if (zeros === 'x0x0') return utf16(packet, 'LE')
  if (zeros === '0x0x') return utf16(packet, 'BE')
  return packet.toString('utf8')
}

type ByteOrder = 'LE' | 'BE'

function utf16(bytes: Buffer, order: ByteOrder): string {
  const whole = bytes.subarray(0, bytes.length & ~1)
  return (order === 'BE' ? Buffer.from(whole).swap16() : whole).toString('utf16le')
}

/** By hand, since neither Node nor the Encoding Standard knows UTF-32. */
function utf32(bytes: Buffer, order: ByteOrder): string {
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = order === 'LE' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    parts.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code))
  }
  return parts.join('')
}
