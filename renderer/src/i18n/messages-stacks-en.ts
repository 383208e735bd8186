/** What is said of photos that one of them is shown for, in English. */
export const englishStacks = {
  stacks: {
    photos: 'Stack of {n} photo | Stack of {n} photos',
    same: '{n} photo of the same picture | {n} photos of the same picture',
    done: '{n} photo is one stack now. | {n} photos are one stack now.',
    frontDone: 'This photo is in front of {n} now. | This photo is in front of a stack of {n} now.',
    apart: '{n} photo is out of its stack. | {n} photos are out of their stack.',
    together: 'Stack them, this in front',
    key: 'G stacks a burst.',
  },
  shown: {
    like: 'Photos like {name}',
    hint: 'This picture is not in your library, and nothing of it is kept.',
    looking: 'Looking at {name}…',
    unreadable: 'This is no picture that can be read.',
    nothing: 'No photo looks like it',
    tooLarge: 'This picture is too large to be looked at here. Add its folder instead.',
  },
}
