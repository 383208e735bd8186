/** What is said of looking at photos at their own size, one after another, and side by side, in English. */
export const englishViewing = {
  viewing: {
    only: {
      offline: 'The disk is not connected: this is the preview, {size} pixels.',
      missing: 'The file is no longer there: this is the preview, {size} pixels.',
      changed: 'The file has changed since it was read: this is the preview, {size} pixels.',
      'too-large': 'Too large to be shown at full size: this is the preview, {size} pixels.',
      unreadable: 'The file could not be shown at full size: this is the preview, {size} pixels.',
      embedded: 'This is the largest preview that the camera put into the file, {size} pixels.',
    },
    moves: 'Animation',
    play: 'Play the animation',
    pause: 'Pause the animation',
    actualSize: 'Actual size',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
  },
  slideshow: {
    title: 'Slideshow',
    start: 'Slideshow',
    controls: 'Slideshow controls',
    pause: 'Pause',
    goOn: 'Resume',
    end: 'End the slideshow',
    shuffle: 'Shuffle',
    each: 'Each photo is shown for',
    seconds: '{n} second | {n} seconds',
  },
  compare: {
    title: 'Compare {n} photo | Compare {n} photos',
    photos: 'Photos side by side',
    keep: 'Keep this one',
    keepHint: 'Keep the marked photo and hide the others',
    kept: '{n} other photo is hidden. | {n} other photos are hidden.',
    marked: 'marked',
  },
}
