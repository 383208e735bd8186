import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { extractFile } from '@electron/asar'
import type { ModelManifest } from '../../native-models/manifest.ts'
import { bundleNames } from './build.ts'
import { packageOf } from './dependencies.ts'
import type { Packed } from './pack.ts'
import { forbidden } from './targets.ts'

const project = resolve(import.meta.dirname, '../..')

/** Everything of ours that is missing, changed on the way, or should not be there. */
export async function contentFindings(packed: Packed): Promise<string[]> {
  const { files, inside } = packed
  if (!files.includes('app.asar')) return ['app.asar is missing']
  const beside = files.filter((file) => !file.startsWith('app.asar.unpacked/'))
  const wrong = [...beside, ...inside]
    .filter((file) => forbidden.some((pattern) => pattern.test(file)))
    .map((file) => `should not be shipped: ${file}`)
  return [
    ...wrong,
    ...(await bundleFindings(packed)),
    ...resourceFindings(packed),
    ...modelFindings(packed),
    ...placeFindings(packed),
    ...licenceFindings(packed),
  ]
}

/** One bundle for each process and thread, the preload, the page, and nothing left over from an older build. */
async function bundleFindings({ resources, inside, stage }: Packed): Promise<string[]> {
  const bundles = [...(await bundleNames()), 'preload.cjs']
  const packed = inside.filter((file) => /^dist\/electron\/[^/]+$/.test(file))
  const built = filesBelow(join(stage, 'dist/renderer')).filter((file) => !file.endsWith('.map'))
  return [
    ...bundles
      .filter((name) => !packed.includes(`dist/electron/${name}`))
      .map((name) => `missing bundle: ${name}`),
    ...packed
      .filter((file) => !bundles.includes(file.slice('dist/electron/'.length)))
      .map((file) => `bundle that nobody starts: ${file}`),
    ...['dist/renderer/index.html', 'package.json']
      .filter((file) => !inside.includes(file))
      .map((file) => `missing in app.asar: ${file}`),
    ...built
      .filter(
        (file) =>
          !inside.includes(`dist/renderer/${file}`) ||
          digest(extractFile(join(resources, 'app.asar'), `dist/renderer/${file}`)) !==
            fileDigest(join(stage, 'dist/renderer', file)),
      )
      .map((file) => `missing or changed: dist/renderer/${file}`),
  ]
}

/** Every migration and every list of labels, byte for byte, and no other. */
function resourceFindings({ resources, files }: Packed): string[] {
  return [
    { folder: 'migrations', from: 'migrations', wanted: /\.sql$/ },
    { folder: 'labels', from: 'native-models/labels', wanted: /\.(tsv|json)$/ },
  ].flatMap(({ folder, from, wanted }) => {
    const ours = filesBelow(join(project, from)).filter((file) => wanted.test(file))
    const theirs = files
      .filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(folder.length + 1))
    return [
      ...(ours.length === 0 ? [`there are no ${folder}`] : []),
      ...theirs.filter((file) => !ours.includes(file)).map((file) => `unexpected ${folder}/${file}`),
      ...ours
        .filter((file) => !same(join(resources, folder, file), fileDigest(join(project, from, file))))
        .map((file) => `missing or changed: ${folder}/${file}`),
    ]
  })
}

/** The models must have the hashes their own list gives, and the list must be the one `npm run model` made. */
function modelFindings({ resources, files }: Packed): string[] {
  const list = join(resources, 'models', 'models.json')
  if (!same(list, fileDigest(join(project, 'native-models/cache/models.json')))) {
    return ['models/models.json is missing or not the one that was made']
  }
  const { models, classifier, projection } = JSON.parse(readFileSync(list, 'utf8')) as ModelManifest
  const wanted = [...models, classifier, projection]
  return [
    ...wanted
      .filter(({ file, sha256 }) => !same(join(resources, 'models', file), sha256))
      .map(({ file }) => `missing or wrong: models/${file}`),
    ...files
      .filter((file) => file.startsWith('models/') && file !== 'models/models.json')
      .filter((file) => !wanted.some((model) => `models/${model.file}` === file))
      .map((file) => `unexpected ${file}`),
  ]
}

/** The gazetteer that `npm run places` made. */
function placeFindings({ resources }: Packed): string[] {
  const made = fileDigest(join(project, 'dist/places/places.bin'))
  return same(join(resources, 'places', 'places.bin'), made) ? [] : ['missing or changed: places/places.bin']
}

/** Ours, and one text for every package that is shipped. */
function licenceFindings({ resources, inside }: Packed): string[] {
  const missing = ['LICENSE', 'NOTICE', 'THIRD-PARTY.txt'].filter(
    (name) => !existsSync(join(resources, 'licences', name)),
  )
  if (missing.length > 0) return missing.map((name) => `missing resource: licences/${name}`)
  const texts = readFileSync(join(resources, 'licences', 'THIRD-PARTY.txt'), 'utf8')
  const shipped = new Set(inside.map(packageOf).filter((name) => name !== null))
  return [...shipped]
    .filter((name) => !texts.includes(`\n${name} `) && !texts.startsWith(`${name} `))
    .map((name) => `no licence text of ${name}`)
}

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const fileDigest = (path: string): string => digest(readFileSync(path))
const same = (path: string, sha256: string): boolean => existsSync(path) && fileDigest(path) === sha256
