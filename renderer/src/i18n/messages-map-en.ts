/** What is said on the map, in English. */
export const englishMap = {
  map: {
    title: 'Map',
    titleOf: 'Map: {photos}',
    label: 'Map of your photos',
    keys: 'Arrow keys move the map, plus and minus zoom, Home shows all photos. Drag with Shift held down to show the photos in a box.',
    placed: '{n} photo on the map | {n} photos on the map',
    unplaced: '{n} photo without a place | {n} photos without a place',
    selectedUnplaced: '{n} selected photo without a place | {n} selected photos without a place',
    near: '{photos} near {town}',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show all photos',
    toWall: 'Show these photos',
    word: 'area',
    placeHint: 'Drag them onto the map, or pick some and place them at the cross.',
    placeHere: 'Place here',
    placeHereN: 'Place {n} photo here | Place {n} photos here',
    pickAll: 'Pick all {n}',
    pickNone: 'Pick none',
    noPlace: 'This photo has no place yet.',
  },
}
