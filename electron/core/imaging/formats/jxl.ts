import { readJxl } from '../containers/jxl.ts'
import { decodeJxl } from '../decode/jxl.ts'
import { readBlocks } from '../metadata/found.ts'
import { beginsWith } from './format.ts'
import type { Format } from './format.ts'

export const jxl: Format = {
  recognise: (head) => beginsWith(head, '\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n'),
  open: (bytes) => {
    const { header, ...blocks } = readJxl(bytes)
    return {
      format: 'jxl',
      found: readBlocks(blocks),
      orientation: header?.orientation ?? 1,
      turnedBy: 'decoder',
      statedSize: null,
      decode: async (request) => ({
        ...(await decodeJxl(bytes, header, request)),
        // libjxl has turned it.
        turn: 1,
      }),
    }
  },
}
