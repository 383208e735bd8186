import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { indexFolder } from '../../fixtures/served-shell.ts'
import { cells, expect, searchBox, test } from './kartoteka.ts'

/** An element if anybody took it for one. No slash, so that files may be called so. */
const markup = (where: string): string => `<img src=x alt=${where} onerror="window.taken='${where}'">`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

test('what a photo says of itself is shown as text, wherever it stands', async ({
  page,
  serve,
  emptyLibrary,
}) => {
  const work = await mkdtemp(join(tmpdir(), 'kartoteka-markup-'))
  try {
    const folder = join(work, markup('folder'))
    await mkdir(folder)
    const name = `${markup('name')}.jpg`
    await copyFile(join(photosFolder, 'n02391049_zebra.JPEG'), join(folder, name))
    await writeFile(
      join(folder, `${name}.xmp`),
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
       <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/">
       <tiff:Model>${escaped(markup('camera'))}</tiff:Model>
       <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(markup('title'))}</rdf:li></rdf:Alt></dc:title>
       <dc:subject><rdf:Bag><rdf:li>${escaped(markup('keyword'))}</rdf:li></rdf:Bag></dc:subject>
       </rdf:Description></rdf:RDF></x:xmpmeta>`,
    )
    await indexFolder(emptyLibrary, folder)
    const server = await serve(emptyLibrary)
    await page.goto(server.url)
    await cells(page).first().waitFor()
    const nobodyTookIt = async (): Promise<void> => {
      expect(await page.locator('img[src="x"], img[onerror]').count()).toBe(0)
      expect(await page.evaluate('window.taken')).toBeUndefined()
    }

    await expect(page.getByRole('navigation').getByText(markup('folder')).first()).toBeVisible()
    await searchBox(page).fill('<img')
    await nobodyTookIt()
    await searchBox(page).fill('')
    await searchBox(page).press('Enter')
    await cells(page).first().dblclick()
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('list', { name: 'What is in it' }).waitFor()
    for (const where of ['name', 'camera', 'keyword'])
      await expect(viewer.getByText(markup(where)).first()).toBeVisible()
    await nobodyTookIt()
  } finally {
    await rm(work, { recursive: true, force: true })
  }
})
