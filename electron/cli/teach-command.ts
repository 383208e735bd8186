import { components } from '../core/alike/descriptor.ts'
import { openFeatureReader } from '../core/alike/load-features.ts'
import { firstOwnId, type TermId } from '../core/labels/term.ts'
import { flushDeferredNow } from '../core/library/decisions/deferred-index.ts'
import { storeProposals, taughtLabels, teach } from '../core/library/decisions/taught.ts'
import type { Library } from '../core/library/library.ts'
import { createLearner } from '../core/teach/learner.ts'
import type { CommonOptions } from './library-option.ts'
import { withWritableLibrary } from './open.ts'
import { counted, print, printable, printJson } from './output.ts'
import { photosNamed } from './photo-argument.ts'

export interface TeachOptions extends CommonOptions {
  readonly yes?: readonly string[]
  readonly no?: readonly string[]
}

/** What `kartoteka teach` prints with `--json`. */
interface TeachDocument {
  readonly word: string
  /** Photos for which this is news. */
  readonly changed: number
  /** Examples in all, also those given before. */
  readonly yes: number
  readonly no: number
  /** `waiting`: no example was looked at by the network yet; `order`: too few to say how likely a photo is. */
  readonly state: 'waiting' | 'order' | 'probabilities'
  /** Photos that surely are the word, and that possibly are; 0 while that cannot be said. */
  readonly sure: number
  readonly possible: number
}

/** `kartoteka teach WORD --yes PHOTO… --no PHOTO…` */
export async function teachCommand(word: string, options: TeachOptions): Promise<void> {
  const document = await withWritableLibrary(options, (library): TeachDocument => {
    const [yes, no] = [photosNamed(library, options.yes ?? []), photosNamed(library, options.no ?? [])]
    const { term, changed } = teach(library, word, yes, no)
    learnNow(library, term)
    flushDeferredNow(library)
    const taught = taughtLabels(library).find((each) => each.term === term)
    return {
      word: taught?.name ?? word,
      changed,
      yes: taught?.yes ?? 0,
      no: taught?.no ?? 0,
      state: taught?.state ?? 'waiting',
      sure: taught?.sure ?? 0,
      possible: taught?.possible ?? 0,
    }
  })
  return options.json === true ? printJson(document) : print(printable(told(document)))
}

function learnNow(library: Library, term: TermId): void {
  const features = openFeatureReader(library.folder)
  try {
    const learner = createLearner(library, () => ({ ...features.loadFeatures(), size: components }))
    const proposals = learner.learn(term - firstOwnId)
    if (proposals !== null) storeProposals(library, proposals)
  } finally {
    features.close()
  }
}

function told({ word, yes, no, state, sure, possible }: TeachDocument): string {
  const learnt = `${word} has ${counted(yes, 'photo')} to learn from, and ${no} that ${no === 1 ? 'is' : 'are'} not it.`
  switch (state) {
    case 'waiting':
      return `${learnt} The network has not seen them yet: the word is learnt when \`kartoteka index\` has been run.`
    case 'order':
      return `${learnt} That is too little to say how likely others are; \`kartoteka search\` lists those most like them.`
    case 'probabilities':
      return `${learnt} Of the others ${sure} surely are it, and ${possible} possibly.`
  }
}
