/** What is said of how the wall shows photos, in English. */
export const englishWall = {
  days: {
    label: 'Days',
    select: 'Select {day}',
  },
  periods: {
    label: 'Time scale',
    view: { days: 'Days', months: 'Months', years: 'Years' },
  },
  wallShape: {
    label: 'Thumbnail shape',
    whole: 'Whole photo',
    square: 'Square',
    showWhole: 'Show whole photos',
    showSquare: 'Show squares',
  },
}
