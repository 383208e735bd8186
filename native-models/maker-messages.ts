/** What the program that makes the models tells the process that started it, if that listens. */
export type MakerMessage =
  | { readonly kind: 'fetching'; readonly received: number; readonly total: number }
  | { readonly kind: 'making' }
  /** A sentence for people: what is missing and what to put where. */
  | { readonly kind: 'failed'; readonly message: string }
