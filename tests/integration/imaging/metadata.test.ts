import { utimesSync } from 'node:fs'
import type { Exif } from 'sharp'
import { describe, expect, it } from 'vitest'
import { photoFolder, picture } from '../../fixtures/imaging.ts'

const folder = photoFolder()

async function withExif(name: string, exif: Exif): Promise<string> {
  return folder.write(name, await picture().withExif(exif).jpeg().toBuffer())
}

const xmp = (body: string) =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${body}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

const gps = (latitude: string, north: string, longitude: string, east: string): Exif => ({
  IFD3: { GPSLatitude: latitude, GPSLatitudeRef: north, GPSLongitude: longitude, GPSLongitudeRef: east },
})

const cameraOf = async (Make: string, Model: string) => {
  await withExif('camera.jpg', { IFD0: { Make, Model } })
  return (await folder.metadata('camera.jpg')).camera
}

describe('when a photo was taken', () => {
  it('is the local wall time with the offset the camera wrote', async () => {
    await withExif('zone.jpg', {
      IFD2: { DateTimeOriginal: '2021:12:19 11:39:54', OffsetTimeOriginal: '+01:00' },
    })
    expect(await folder.metadata('zone.jpg')).toMatchObject({
      takenAt: '2021-12-19T11:39:54',
      takenOffset: '+01:00',
      takenFrom: 'exif',
    })
  })

  it('never takes its offset from the time of the last edit', async () => {
    await withExif('edited.jpg', { IFD2: { DateTimeOriginal: '2021:07:19 11:39:54', OffsetTime: '+01:00' } })
    expect((await folder.metadata('edited.jpg')).takenOffset).toBeNull()
  })

  it('has no offset of a computer where the camera received the time of another zone', async () => {
    const photo = picture().withExif({
      IFD2: { DateTimeOriginal: '2009:06:24 09:41:07' },
      IFD3: { GPSDateStamp: '2009:06:24', GPSTimeStamp: '13/1 40/1 2650/100' },
    })
    const namespace = 'xmlns:exif="http://ns.adobe.com/exif/1.0/"'
    for (const [offset, takenOffset] of [
      ['+01:00', null],
      ['-04:00', '-04:00'],
    ] as const) {
      const packet = xmp(`${namespace} exif:DateTimeOriginal="2009-06-24T09:41:07${offset}"/>`)
      folder.write('copied.jpg', await photo.clone().withXmp(packet).jpeg().toBuffer())
      expect(await folder.metadata('copied.jpg')).toMatchObject({
        takenAt: '2009-06-24T09:41:07',
        takenOffset,
      })
    }
  })

  it.each(['0000:00:00 00:00:00', '    :  :     :  :  ', '2021:02:31 11:00:00'])(
    'is not %j; then the file name or the file’s own time is asked',
    async (written) => {
      await withExif('blank.jpg', { IFD2: { DateTimeOriginal: written } })
      await withExif('IMG_20190714_180322.jpg', { IFD2: { DateTimeOriginal: written } })
      utimesSync(folder.path('blank.jpg'), 1_600_000_000, 1_600_000_000)
      expect((await folder.metadata('blank.jpg')).takenFrom).toBe('file-time')
      expect(await folder.metadata('IMG_20190714_180322.jpg')).toMatchObject({
        takenAt: '2019-07-14T18:03:22',
        takenFrom: 'file-name',
      })
    },
  )

  it.each([
    ['1965:00:00 00:00:00', '1965-01-01T00:00:00', 'year'],
    ['1965:  :     :  :  ', '1965-01-01T00:00:00', 'year'],
    ['1965:07:00 00:00:00', '1965-07-01T00:00:00', 'month'],
    ['1965:07:14   :  :  ', '1965-07-14T00:00:00', 'day'],
  ])('may be known in part, and is never filled up: %j', async (written, takenAt, takenPrecision) => {
    await withExif('IMG_20190714_180322.jpg', { IFD2: { DateTimeOriginal: written } })
    expect(await folder.metadata('IMG_20190714_180322.jpg')).toMatchObject({
      takenAt,
      takenPrecision,
      takenFrom: 'exif',
    })
  })

  it('is the person’s date, not the scanner’s', async () => {
    const scan = picture().withExif({ IFD2: { DateTimeDigitized: '2019:07:14 18:03:22' } })
    const packet = xmp('xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:DateTimeOriginal="1965"/>')
    folder.write('scan.jpg', await scan.clone().withXmp(packet).jpeg().toBuffer())
    folder.write('beside-scan.jpg', await scan.clone().jpeg().toBuffer())
    folder.write('beside-scan.xmp', packet)
    for (const [name, takenFrom] of [
      ['scan.jpg', 'xmp'],
      ['beside-scan.jpg', 'sidecar'],
    ] as const) {
      expect(await folder.metadata(name)).toMatchObject({
        takenAt: '1965-01-01T00:00:00',
        takenPrecision: 'year',
        takenFrom,
      })
    }
  })

  it('is unknown when even the file’s time is nonsense', async () => {
    folder.write('epoch.jpg', await picture().jpeg().toBuffer())
    utimesSync(folder.path('epoch.jpg'), 0, 0)
    expect(await folder.metadata('epoch.jpg')).toMatchObject({ takenAt: null, takenFrom: null })
  })

  it('may be told by XMP, embedded or beside the photo', async () => {
    const packet = xmp('xmp:CreateDate="2015-03-04T05:06:07+02:00"/>')
    folder.write('embedded.jpg', await picture().withXmp(packet).jpeg().toBuffer())
    folder.write('beside.jpg', await picture().jpeg().toBuffer())
    folder.write('beside.xmp', packet)
    for (const [name, takenFrom] of [
      ['embedded.jpg', 'xmp'],
      ['beside.jpg', 'sidecar'],
    ] as const) {
      expect(await folder.metadata(name)).toMatchObject({
        takenAt: '2015-03-04T05:06:07',
        takenOffset: '+02:00',
        takenFrom,
      })
    }
  })
})

describe('where it was taken', () => {
  it('is degrees with a sign', async () => {
    await withExif('south-west.jpg', gps('33/1 51/1 3150/100', 'S', '70/1 40/1 0/1', 'W'))
    const { position } = await folder.metadata('south-west.jpg')
    expect(position?.latitude).toBeCloseTo(-33.85875, 5)
    expect(position?.longitude).toBeCloseTo(-70.66667, 5)
  })

  it.each([
    ['nothing over nothing', gps('0/0 0/0 0/0', 'N', '0/0 0/0 0/0', 'E')],
    ['off the globe', gps('17056881/1 0/1 0/1', 'N', '10/1 0/1 0/1', 'E')],
    ['beyond the date line', gps('10/1 0/1 0/1', 'N', '181/1 0/1 0/1', 'E')],
    ['a receiver without a fix', gps('0/1 0/1 0/1', 'N', '0/1 0/1 0/1', 'E')],
  ])('is unknown for %s', async (_, exif) => {
    await withExif('nowhere.jpg', exif)
    expect((await folder.metadata('nowhere.jpg')).position).toBeNull()
  })
})

describe('camera, words and stars', () => {
  it('names the maker once', async () => {
    expect(await cameraOf('Canon', 'Canon EOS 300D')).toBe('Canon EOS 300D')
    expect(await cameraOf('NIKON CORPORATION', 'NIKON D70')).toBe('NIKON D70')
    expect(await cameraOf('Apple', 'iPhone 7')).toBe('Apple iPhone 7')
  })

  it('tells lens and exposure', async () => {
    await withExif('lens.jpg', {
      IFD2: {
        ExposureTime: '1/250',
        FNumber: '28/10',
        ISOSpeedRatings: '400',
        FocalLength: '50/1',
        LensModel: 'EF50mm f/1.8',
      },
    })
    expect(await folder.metadata('lens.jpg')).toMatchObject({
      lens: 'EF50mm f/1.8',
      exposure: { time: 0.004, fNumber: 2.8, iso: 400, focalLength: 50 },
    })
  })

  const tagged = xmp(
    `xmp:Rating="4"><dc:subject><rdf:Bag><rdf:li>Müller &amp; Söhne</rdf:li><rdf:li>2024</rdf:li></rdf:Bag></dc:subject></rdf:Description>`,
  )

  it('reads keywords and rating from XMP; a number is a word', async () => {
    folder.write('words.jpg', await picture().withXmp(tagged).jpeg().toBuffer())
    folder.write('words.png', await picture().withXmp(tagged).png().toBuffer())
    folder.write('words.webp', await picture().withXmp(tagged).webp().toBuffer())
    for (const name of ['words.jpg', 'words.png', 'words.webp']) {
      expect(await folder.metadata(name)).toMatchObject({
        keywords: ['Müller & Söhne', '2024'],
        rating: 4,
      })
    }
  })

  it('puts the sidecar first, where people edit', async () => {
    folder.write('both.jpg', await picture().withXmp(tagged).jpeg().toBuffer())
    folder.write('both.jpg.xmp', tagged.replace('"4"', '"-1"').replace('2024', 'sea'))
    expect(await folder.metadata('both.jpg')).toMatchObject({
      keywords: ['Müller & Söhne', 'sea', '2024'],
      rating: -1,
    })
  })
})

describe('broken metadata', () => {
  it('leaves the photo as good as any', async () => {
    const jpeg = await picture()
      .withExif({ IFD0: { Make: 'Acme' } })
      .jpeg()
      .toBuffer()
    const start = jpeg.indexOf('Exif\0\0', 0, 'latin1')
    for (let at = start + 6; at < start + 40; at++) {
      const broken = Buffer.from(jpeg)
      broken[at] = 0xff
      folder.write('broken.jpg', broken)
      expect(await folder.read('broken.jpg')).toMatchObject({ width: 300, height: 200 })
    }
  })

  it('of a damaged photo is read all the same', async () => {
    const jpeg = await picture(600, 600)
      .withExif({ IFD0: { Make: 'Acme' }, IFD2: { DateTimeOriginal: '2001:02:03 04:05:06' } })
      .jpeg()
      .toBuffer()
    folder.write('cut.jpg', jpeg.subarray(0, jpeg.length * 0.7))
    expect((await folder.read('cut.jpg')).damaged).not.toBeNull()
    expect(await folder.metadata('cut.jpg')).toMatchObject({ camera: 'Acme', takenAt: '2001-02-03T04:05:06' })
  })
})
