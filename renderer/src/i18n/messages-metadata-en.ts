/** What the settings say of labels, stars, titles, dates and places for other programs, in English. */
export const englishMetadata = {
  metadata: {
    title: 'For other programs',
    about:
      'Labels, albums, stars, titles, notes, dates and places of all photos, for digiKam, Lightroom, a spreadsheet or yourself.',
    beside: 'Write sidecars beside my photos',
    besideHint:
      'What you decide about a photo (labels, albums, stars, title, note, date, place, turn) is written to an .xmp file beside it, now and with every change. The photos themselves are never changed. What other programs wrote in such files stays. Switched off again, the files stay as they are.',
    format: 'Write as',
    formatHint: 'Sidecars: an .xmp file for each photo, in folders like yours.',
    formatName: { xmp: 'XMP sidecars', csv: 'Table (CSV)', json: 'JSON' },
    folder: 'Folder',
    choose: 'Choose…',
    chooseTitle: 'Choose a folder to write into',
    chooseHint: 'One outside of your photos.',
    export: 'Export',
    stop: 'Stop',
    running: 'Exporting',
    done: '{n} photo exported to {to} | {n} photos exported to {to}',
    stopped: 'Stopped after {n} photo | Stopped after {n} photos',
    counts: 'files written: {written}, as they were: {unchanged}, failed: {failed}',
  },
}
