/**
 * When the workers' answers are stored. Every transaction has its price, and in a large library nearly every entry
 * lies on another page of the search index: the more photos a transaction holds, the more of them share a page. On the
 * other hand people want to see what comes, and while a transaction is written nobody else is answered.
 */

/**
 * Answers in one transaction at most. 250 take 60–80 ms with 100,000 photos in the library; twice as many would write
 * a fifth less for each of them, but be felt by anyone who is scrolling.
 */
export const answersAtOnce = 250

/** Milliseconds during which a run counts as just begun. */
const atFirst = 5000

/**
 * Milliseconds that an answer waits at most until it is stored: the first one not at all, the next ones briefly, since
 * people watch what comes; later as long as a photo may take to be found.
 * @param since milliseconds since the run began
 * @param stored answers that the run has stored
 */
export function flushDelay(since: number, stored: number): number {
  if (stored === 0) return 0
  return since < atFirst ? 250 : 2000
}
