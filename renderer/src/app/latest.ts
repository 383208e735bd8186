/**
 * Asks for the same thing again and again: of answers on their way only that to the latest question counts, because
 * they may overtake each other.
 * @returns asks, and gives the answer, or `null` where it failed or was overtaken
 */
export function latest<Answer>(ask: () => Promise<Answer | null>): () => Promise<Answer | null> {
  let turns = 0
  return async () => {
    const turn = ++turns
    const answer = await ask()
    return turn === turns ? answer : null
  }
}
