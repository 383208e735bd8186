/** What is said of the page of things and of the rail's things, in English. */
export const englishThings = {
  things: {
    title: 'Things',
    all: 'All things…',
    find: 'Find a thing',
    clear: 'Clear',
    own: 'Your labels',
    ownMark: 'your label',
    rest: 'Everything else',
    photos: '{n} photo | {n} photos',
    showAll: 'Show all {n}',
    found: '{n} thing | {n} things',
    none: 'No photo shows “{text}”.',
    searchFor: 'Search all photos for “{text}”',
    nothingYet: 'Nothing has been recognised yet',
    nothingYetHint: 'Once Kartoteka has looked at your photos, what they show is gathered here.',
    refines: 'A click adds to your search “{text}”. {key}+click: only this.',
    startAnew: 'End the search',
    pin: 'Keep in the sidebar',
    unpin: 'Remove from the sidebar',
    pinned: 'kept',
  },
}
