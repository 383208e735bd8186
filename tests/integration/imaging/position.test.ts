import { describe, expect, it } from 'vitest'
import { photoFolder, picture } from '../../fixtures/imaging.ts'

const folder = photoFolder()

const packet = (latitude: string, longitude: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="${latitude}" exif:GPSLongitude="${longitude}"/></rdf:RDF></x:xmpmeta>`

/** What is written in the four quarters of the globe, and the degrees that are meant. */
const quarters = [
  ['north and east', 'N', 'E', 1, 1],
  ['north and west', 'N', 'W', 1, -1],
  ['south and east', 'S', 'E', -1, 1],
  ['south and west', 'S', 'W', -1, -1],
] as const

describe.each(quarters)('a position in the %s', (_, northSouth, eastWest, north, east) => {
  it.each([
    ['minutes with a fraction', `48,51.5${northSouth}`, `2,17.7${eastWest}`],
    ['minutes and seconds', `48,51,30${northSouth}`, `2,17,42${eastWest}`],
    ['small letters', `48,51.5${northSouth.toLowerCase()}`, `2,17.7${eastWest.toLowerCase()}`],
    ['degrees with a sign', `${north * 48.858333}`, `${east * 2.295}`],
  ])('is read from XMP in %s', async (_, latitude, longitude) => {
    folder.write('embedded.jpg', await picture().withXmp(packet(latitude, longitude)).jpeg().toBuffer())
    folder.write('beside.jpg', await picture().jpeg().toBuffer())
    folder.write('beside.xmp', packet(latitude, longitude))
    for (const name of ['embedded.jpg', 'beside.jpg']) {
      const { position } = await folder.metadata(name)
      expect(position?.latitude).toBeCloseTo(north * 48.858333, 5)
      expect(position?.longitude).toBeCloseTo(east * 2.295, 5)
    }
  })

  it('is read from EXIF', async () => {
    const exif = {
      IFD3: {
        GPSLatitude: '48/1 51/1 30/1',
        GPSLatitudeRef: northSouth,
        GPSLongitude: '2/1 17/1 42/1',
        GPSLongitudeRef: eastWest,
      },
    }
    folder.write('exif.jpg', await picture().withExif(exif).jpeg().toBuffer())
    const { position } = await folder.metadata('exif.jpg')
    expect(position?.latitude).toBeCloseTo(north * 48.858333, 5)
    expect(position?.longitude).toBeCloseTo(east * 2.295, 5)
  })
})
