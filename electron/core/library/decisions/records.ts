import * as v from 'valibot'

/** Rows of small tables as the history keeps them: before and after a change, as text. */
export type RecordShape = Readonly<Record<string, v.GenericSchema>>

export const recordText = (record: object): string => JSON.stringify(record)

/** What a text says that this program wrote; any other, as `null`, is no row. */
export function recordOf<const Shape extends RecordShape>(
  shape: Shape,
  text: string | null,
): v.InferOutput<v.ObjectSchema<Shape, undefined>> | null {
  if (text === null) return null
  try {
    const parsed = v.safeParse(v.object(shape), JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
