/** Questions that are counted, the latest ones. */
const mostCounted = 50

/** How often each question was typed, the latest last; `texts` are as they were kept. */
export function typedOnceMore(
  counts: readonly (readonly [text: string, times: number])[],
  text: string,
): { readonly counts: readonly (readonly [string, number])[]; readonly times: number } {
  const times = (counts.find(([known]) => known === text)?.[1] ?? 0) + 1
  return {
    counts: [...counts.filter(([known]) => known !== text), [text, times] as const].slice(-mostCounted),
    times,
  }
}
