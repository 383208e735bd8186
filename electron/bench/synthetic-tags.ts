/** Numbers ≥ 0 and < 1; the same seed gives the same numbers. */
export type RandomSource = () => number

/** A linear congruential generator (constants of Numerical Recipes), its weak low bits left out of the result. */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const high = state >>> 8
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (high * 256 + (state >>> 24)) / 2 ** 32
  }
}

const classes = 1000

/** Draws class indices: a few very often, most seldom (Zipf-like), which ones being a matter of the seed. */
export function classPicker(random: RandomSource): () => number {
  const order = Array.from({ length: classes }, (_, index) => ({ index, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ index }) => index)
  const upTo: number[] = []
  let sum = 0
  for (let rank = 0; rank < classes; rank++) {
    sum += 1 / (rank + 8) ** 0.9
    upTo.push(sum)
  }
  return () => {
    const wanted = random() * sum
    let low = 0
    let high = classes - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? sum) > wanted) high = middle
      else low = middle + 1
    }
    return order[low] ?? 0
  }
}

/** Five different classes, best first, as sure and as unsure as GoogLeNet is of photos. */
export function tagsLike(
  pickClass: () => number,
  random: RandomSource,
): { classIndex: number; probability: number }[] {
  const chosen = new Set<number>()
  // What is mistaken for it is mostly close to it, as ImageNet's order goes by kind.
  const best = pickClass()
  chosen.add(best)
  while (chosen.size < 5) {
    chosen.add(random() < 0.7 ? (best + Math.floor(random() * 30) - 15 + classes) % classes : pickClass())
  }
  let left = 1
  return [...chosen]
    .map((classIndex, index) => {
      const share = index === 0 ? 0.15 + 0.85 * random() ** 0.6 : 0.3 + 0.5 * random()
      const probability = left * share
      left -= probability
      return { classIndex, probability }
    })
    .sort((a, b) => b.probability - a.probability)
}
