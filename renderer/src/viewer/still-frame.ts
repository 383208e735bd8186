import { bytesFromText } from '../../../electron/core/contract/packed.ts'
import { api } from '../api.ts'

/**
 * The frame that a browser shows of an animation, which no element tells: a canvas is given the first one of an `img`.
 * The caller closes it.
 * @param id of the photo
 * @param elapsed milliseconds since it began to play; asked once the frames are known
 * @returns `null` where the browser cannot tell, or the file cannot be had
 */
export async function frameShown(id: number, elapsed: () => number): Promise<VideoFrame | null> {
  if (typeof ImageDecoder === 'undefined') return null
  const told = await api.getAnimation({ id })
  if (!told.ok || told.value === null) return null
  const { type, base64 } = told.value
  const decoder = new ImageDecoder({ data: bytesFromText(base64).slice().buffer, type })
  try {
    await decoder.tracks.ready
    const track = decoder.tracks.selectedTrack
    if (track === null) return null
    const ends: number[] = []
    for (let frame = 0; frame < track.frameCount; frame++) {
      const { image } = await decoder.decode({ frameIndex: frame })
      ends.push((ends.at(-1) ?? 0) + (image.duration ?? 0) / 1000)
      image.close()
    }
    const frameIndex = indexAt(ends, track.repetitionCount, elapsed())
    return (await decoder.decode({ frameIndex })).image
  } catch {
    return null
  } finally {
    decoder.close()
  }
}

/**
 * Which frame is shown.
 * @param ends milliseconds after the beginning at which each frame ends
 * @param repetitions after the first time; `Infinity`: for ever
 */
export function indexAt(ends: readonly number[], repetitions: number, elapsed: number): number {
  const last = Math.max(0, ends.length - 1)
  const length = ends.at(-1) ?? 0
  if (length <= 0 || elapsed >= length * (repetitions + 1)) return last
  const within = elapsed % length
  return Math.max(
    0,
    ends.findIndex((end) => within < end),
  )
}
