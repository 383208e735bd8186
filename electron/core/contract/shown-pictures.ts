import * as v from 'valibot'

/** Bytes of a picture that a window may send; a message of a shell has little more room than its base64 takes. */
export const mostPictureBytes = 2_900_000

const base64 = v.pipe(v.string(), v.minLength(1), v.maxLength(4 * Math.ceil(mostPictureBytes / 3)))

/** Calls about pictures that are not in the library. */
export const shownPictureCalls = {
  /** From now on, until the service ends, searches may ask for photos like this picture. Nothing of it is stored. */
  showPicture: {
    input: v.object({
      /** Of its file: it tells the format where the content does not, and people which picture it was. */
      name: v.pipe(
        v.string(),
        v.minLength(1),
        v.maxLength(255),
        v.excludes('\0', 'no name has a NUL character'),
      ),
      /** The file as it is, or a picture made of it. */
      bytes: v.pipe(base64, v.base64()),
    }),
    output: v.object({
      /** What it is called in a search: `similar:@0123abcd`. */
      mark: v.pipe(v.string(), v.regex(/^@[0-9a-f]{8}$/)),
      /** A JPEG of it, in base64. */
      preview: v.string(),
    }),
  },
} as const
