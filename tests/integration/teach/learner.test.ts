import { afterEach, describe, expect, it, vi } from 'vitest'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { openFeatureReader } from '../../../electron/core/alike/load-features.ts'
import { firstOwnId, type TermId } from '../../../electron/core/labels/term.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { taughtLabels, teach, unlearn } from '../../../electron/core/library/decisions/taught.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { addFiles, fileAt } from '../../../electron/core/library/files/files.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { createLearner } from '../../../electron/core/teach/learner.ts'
import { createTeacher, type Teacher } from '../../../electron/service/teacher.ts'
import { createCallingThread } from '../../../electron/service/calling-thread.ts'
import type { TeachCalls } from '../../../electron/core/teach/teach-protocol.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { findingsOf, hashOf, readingOf, tempLibrary } from '../../fixtures/temp-library.ts'
import { eventually } from '../../fixtures/eventually.ts'

/** A word is one photo in forty, as words are. */
const kinds = 40

/** How a photo of a kind looks: along one of the directions, and a little of everything else. */
function bytesOf(kind: number, photo: number): Uint8Array {
  const bytes = new Uint8Array(descriptorBytes)
  const numbers = new Int8Array(bytes.buffer, 0, components)
  for (let at = 0; at < components; at += 1)
    numbers[at] = ((photo * 7919 + at * 104_729 + photo * at * 31) % 21) - 10
  numbers[kind] = 100
  return bytes
}

/** Photos of all kinds in turn, without features. */
function photosIn(library: Library, count: number, from = 0): number[] {
  if (from === 0) addRoot(library, '/photos')
  const folder = ensureFolder(library, '/photos')
  const names = Array.from({ length: count }, (_, at) => `${from + at}.jpg`)
  addFiles(
    library,
    folder,
    names.map((name) => ({ name, kind: 'photo', size: 1000, mtime: 0, ctime: 0 })),
  )
  const ids = names.map((name) => fileAt(library, '/photos', name)?.id ?? 0)
  storeResults(
    library,
    ids.map((fileId, at) => ({
      kind: 'read',
      fileId,
      reading: readingOf({ contentHash: hashOf(from + at + 1) }),
      tagging: null,
    })),
    null,
  )
  return names.map((name) => fileAt(library, '/photos', name)?.photoId ?? 0)
}

function describeAll(library: Library, ids: readonly number[], version = 'one'): void {
  library.features.put(
    ids.map((photoId) => ({
      photoId,
      contentHash: hashOf(photoId),
      descriptor: { version, bytes: bytesOf(photoId % kinds, photoId) },
    })),
  )
}

let teachers: Teacher[] = []
afterEach(async () => {
  for (const teacher of teachers) await teacher.end()
  teachers = []
})

/** A teacher that learns without a thread of its own. */
function teacherOf(library: Library, changes: { readonly fails?: boolean } = {}) {
  const features = openFeatureReader(library.folder)
  const learner = createLearner(library, () => ({ ...features.loadFeatures(), size: components }))
  const onProposed = vi.fn<() => void>()
  const lines: string[] = []
  const teacher = createTeacher({
    library,
    thread: {
      ask: (name, input) => {
        if (changes.fails === true) return Promise.reject(new Error('The thread has ended.'))
        const answer =
          name === 'learn'
            ? learner.learn(input.ownId)
            : learner.questions(input.ownId, 'leftOut' in input ? input.leftOut : [])
        return Promise.resolve(answer as never)
      },
    },
    onProposed,
    log: (line) => lines.push(line),
    rest: 1,
    pause: 1,
  })
  teachers.push(teacher)
  return { teacher, onProposed, lines }
}

const stateOf = (library: Library): string | undefined => taughtLabels(library)[0]?.state
const kindsFound = (library: Library, term: TermId, ids: readonly number[]): number[] =>
  ids.filter((id) => (findingsOf(library, id)[term] ?? 0) >= 5000).map((id) => id % kinds)
const learnt = (library: Library): Promise<void> =>
  eventually(() => {
    expect(stateOf(library)).not.toBe('waiting')
  })

describe('teaching', () => {
  it('proposes the word for photos that look like those that were marked', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const { term } = teach(library, 'garden', ids.filter((id) => id % kinds === 1).slice(0, 6), [])
    const { teacher, onProposed } = teacherOf(library)
    teacher.soon()
    await learnt(library)
    expect(stateOf(library)).toBe('probabilities')
    const found = kindsFound(library, term, ids)
    expect(found).toHaveLength(10)
    expect(new Set(found)).toEqual(new Set([1]))
    expect(onProposed).toHaveBeenCalled()
  })

  it('asks about ten photos, none of which was decided on or asked about', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const given = ids.filter((id) => id % kinds === 1).slice(0, 3)
    const { term } = teach(library, 'garden', given, [])
    const { teacher } = teacherOf(library)
    const asked = await teacher.questions(term, [])
    expect(asked).toHaveLength(10)
    expect(asked.some((id) => given.includes(id))).toBe(false)
    // Those at the end of the order are none of the word.
    expect(asked.map((id) => id % kinds === 1)).toEqual([true, true, ...Array<boolean>(8).fill(false)])
    const more = await teacher.questions(term, asked)
    expect(more.some((id) => asked.includes(id))).toBe(false)
  })

  it('learns from every answer, and from one that is taken back', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const { term } = teach(library, 'garden', ids.filter((id) => id % kinds === 1).slice(0, 6), [])
    const { teacher } = teacherOf(library)
    const before = await teacher.questions(term, [])
    const [first = 0] = before
    decide(library, [first], term, 'removed')
    expect(stateOf(library)).toBe('waiting')
    expect(await teacher.questions(term, [])).not.toContain(first)
    expect(findingsOf(library, first)[term]).toBeUndefined()
    undo(library)
    expect(await teacher.questions(term, [])).toEqual(before)
  })

  it('looks at photos that came since', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const { term } = teach(library, 'garden', ids.filter((id) => id % kinds === 1).slice(0, 6), [])
    const { teacher } = teacherOf(library)
    teacher.soon()
    await learnt(library)
    const others = photosIn(library, 80, 400)
    describeAll(library, others)
    teacher.later()
    await eventually(() => {
      expect(kindsFound(library, term, others)).toEqual([1, 1])
    })
  })

  it('keeps its examples when the network is another one, and learns anew when it has seen the photos', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const given = ids.filter((id) => id % kinds === 1).slice(0, 6)
    const { term } = teach(library, 'garden', given, [])
    const { teacher } = teacherOf(library)
    teacher.soon()
    await learnt(library)
    const before = kindsFound(library, term, ids).length
    const versions = (): unknown => library.db.prepare('SELECT features FROM taught').pluck().all()
    describeAll(library, ids.slice(0, 3), 'two')
    teacher.later()
    await eventually(() => {
      expect(versions()).toEqual(['one'])
    })
    expect(kindsFound(library, term, ids)).toHaveLength(before)
    describeAll(library, ids, 'two')
    await eventually(() => {
      teacher.later()
      expect(versions()).toEqual(['two'])
    })
    expect(taughtLabels(library)).toMatchObject([{ yes: 6, state: 'probabilities' }])
    expect(kindsFound(library, term, ids)).toHaveLength(before)
  })

  it('does nothing for a word that was unlearnt meanwhile, and waits where no photo was looked at yet', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 30)
    const { term } = teach(library, 'garden', ids.slice(0, 5), [])
    const { teacher } = teacherOf(library)
    expect(await teacher.questions(term, [])).toEqual([])
    expect(stateOf(library)).toBe('waiting')
    unlearn(library, term)
    describeAll(library, ids)
    expect(await teacher.questions(term, [])).toEqual([])
    expect(taughtLabels(library)).toEqual([])
  })

  it('goes on where it was ended in the middle: nothing is lost, nothing is there twice', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const { term } = teach(library, 'garden', ids.filter((id) => id % kinds === 1).slice(0, 6), [])
    const broken = teacherOf(library, { fails: true })
    broken.teacher.soon()
    await eventually(() => {
      expect(broken.lines).toEqual([expect.stringContaining('learnt later')])
    })
    closeLibrary(library)
    const again = tempLibrary({}, library.folder)
    expect(stateOf(again)).toBe('waiting')
    const { teacher } = teacherOf(again)
    teacher.soon()
    await learnt(again)
    const found = kindsFound(again, term, ids).length
    expect(found).toBe(10)
    teacher.later()
    await teacher.end()
    expect(kindsFound(again, term, ids)).toHaveLength(found)
  })

  it('learns in a thread of its own', async () => {
    const library = tempLibrary()
    const ids = photosIn(library, 400)
    describeAll(library, ids)
    const { term } = teach(library, 'garden', ids.filter((id) => id % kinds === 1).slice(0, 6), [])
    const thread = createCallingThread<TeachCalls>({
      entry: threadEntries.teach,
      workerData: { role: 'teach-worker', library: library.folder },
      died: 'The thread has ended.',
    })
    const proposals = await thread.ask('learn', { ownId: term - firstOwnId })
    expect(proposals).toMatchObject({ ownId: term - firstOwnId, features: 'one', claims: true })
    await thread.stop()
  })
})
