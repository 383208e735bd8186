import { shownOrientation, type Turn } from '../imaging/turn.ts'
import { pictureVersion } from '../library/photos/picture-version.ts'

/** What a shell passes on of an HTTP-like request. */
export interface MediaRequest {
  readonly method: string
  /** `/thumb/12?v=0a1b…`, `/view/…` or `/original/…`; never a path of the file system. */
  readonly target: string
  readonly ifNoneMatch: string | null
}

export interface MediaResponse {
  readonly status: 200 | 304 | 400 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

export interface MediaPhoto {
  /** 32 hex digits. */
  readonly contentHash: string
  /** EXIF 1–8 by which it is upright; `null`: as it is stored. */
  readonly orientation: number | null
  /** Degrees clockwise by which the person turned it from there. */
  readonly turn: Turn
  /** In the text form of `electron/core/paths/os-path.ts`. */
  readonly path: string
}

export interface MediaDeps {
  readonly photo: (id: number) => MediaPhoto | null
  /** The thumbnail of its content, kept or made anew; `null` when there is none. */
  readonly thumbnail: (photo: MediaPhoto) => Promise<Uint8Array | null>
  /** The photo as an upright, screen-sized JPEG; `null` when its file is away or can no longer be read. */
  readonly view: (photo: MediaPhoto) => Promise<Uint8Array | null>
  /** All its pixels, see `getOwnPixels`; `null` when they cannot be had. */
  readonly original: (photo: MediaPhoto) => Promise<Original | null>
}

/** A picture that a browser reads. */
export interface Original {
  /** Of our own list, by its content. */
  readonly type: string
  readonly bytes: Uint8Array
}

const oneYear = 31_536_000
const target = /^\/(thumb|view|original)\/([1-9]\d{0,15})(?:\?v=([0-9a-z]{0,64}))?$/

/**
 * Thumbnails, screen-sized pictures and originals by photo id and `pictureVersion`, for every shell.
 * A picture whose version is the asked one may be kept for ever; another is served, but not kept: the photo
 * changed since the page asked. While a file is offline its thumbnail stands in for the view. Never rejects
 * for what a request may contain; what a dependency throws passes through.
 */
export async function respond(request: MediaRequest, deps: MediaDeps): Promise<MediaResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' })
  }
  const match = target.exec(request.target)
  if (match === null) return refuse(400, 'Not an address of a picture.')
  const [, kind, digits, asked] = match
  const id = Number(digits)
  const photo = Number.isSafeInteger(id) ? deps.photo(id) : null
  if (photo === null) return refuse(404, 'No such photo.')

  if (kind === 'original') {
    const original = await deps.original(photo)
    return original === null
      ? refuse(404, 'This photo cannot be had at its own size.')
      : whole(request, original)
  }

  const version = pictureVersion(photo.contentHash, shownOrientation(photo.orientation, photo.turn))
  const etag = `"${kind}-${version}"`
  const caching = asked === version ? `private, max-age=${oneYear}, immutable` : 'private, no-cache'
  if (matches(request.ifNoneMatch, etag)) {
    return { status: 304, headers: { etag, 'cache-control': caching }, body: null }
  }

  const view = kind === 'view' ? await deps.view(photo) : null
  const jpeg = view ?? (await deps.thumbnail(photo))
  if (jpeg === null) return refuse(404, 'There is no picture of this photo yet.')
  const standIn = kind === 'view' && view === null
  return {
    status: 200,
    headers: {
      'content-type': 'image/jpeg',
      'content-length': String(jpeg.byteLength),
      'x-content-type-options': 'nosniff',
      'cache-control': standIn ? 'private, no-store' : caching,
      ...(standIn ? {} : { etag }),
    },
    body: request.method === 'HEAD' ? null : jpeg,
  }
}

/** Originals are not kept by the browser: they would fill its cache, and copies of them would lie beside the photos. */
function whole({ method }: MediaRequest, { type, bytes }: Original): MediaResponse {
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
    body: method === 'HEAD' ? null : bytes,
  }
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}

function refuse(
  status: 400 | 404 | 405,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): MediaResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: new TextEncoder().encode(sentence),
  }
}
