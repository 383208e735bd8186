/** The star under the pointer; `null` beside them. */
export function starsAt({ target, clientX }: MouseEvent): number | null {
  const row = target instanceof Element ? target.closest('.stars')?.getBoundingClientRect() : undefined
  if (row === undefined) return null
  return Math.min(5, Math.max(1, Math.ceil(((clientX - row.left) / row.width) * 5)))
}
