/** What is said when the library is empty, and of the first finds, in English. */
export const englishFirstRun = {
  first: {
    title: 'Find your photos by what is in them',
    lead: 'Kartoteka looks at every photo and notes what it sees. Then “dog”, “beach 2019” or “guitar” finds it in a moment.',
    promise: 'Your originals are never changed, and nothing leaves this computer.',
    folders: 'Where are your photos?',
    drop: 'Drop folders here, or',
    chosen: 'Chosen folders',
    choose: 'Choose folders…',
    another: 'Another folder…',
    noPhotos: 'no photos seen in it',
    start: 'Start',
    /** In the picture: the word that was searched for. */
    example: 'beach',
    finds: 'Already found',
    findsHint: 'Kartoteka is still looking. Try one of these.',
    findsAway: 'Close',
  },
}
