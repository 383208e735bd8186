/** What the settings say of labels, stars, titles, dates and places for other programs, in English. */
export const englishMetadata = {
  metadata: {
    title: 'For other programs',
    about:
      'Labels, albums, stars, titles, notes, dates and places of all photos, for digiKam, Lightroom, a spreadsheet or yourself.',
    beside: 'Write sidecars beside my photos',
    besideHint:
      'What you decide about a photo (labels, albums, stars, title, note, date, place, turn) is written to an .xmp file beside it, now and with every change. The photos themselves are never changed. Anything other programs wrote there stays. If you turn this off, the files stay as they are.',
    format: 'Format',
    formatHint: 'Sidecars: an .xmp file for each photo, in folders like yours.',
    formatName: { xmp: 'XMP sidecars', csv: 'Table (CSV)', json: 'JSON' },
    folder: 'Folder',
    choose: 'Choose…',
    chooseTitle: 'Choose a folder to write into',
    chooseHint: 'One outside your photo folders.',
    export: 'Export',
    stop: 'Stop',
    running: 'Exporting',
    done: '{n} photo exported to {to} | {n} photos exported to {to}',
    stopped: 'Stopped after {n} photo | Stopped after {n} photos',
    counts: 'files written: {written}, unchanged: {unchanged}, failed: {failed}',
  },
}
