import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** electron-builder's number of a processor. */
const arches = { 1: 'x64', 3: 'arm64' }

/** The packages that hold native code for one system each; npm installs those of the machine it runs on. */
function packagesOf(platform, arch) {
  return platform === 'linux'
    ? [`@parcel/watcher-linux-${arch}-glibc`]
    : [`@parcel/watcher-${platform}-${arch}`, `@img/sharp-${platform}-${arch}`]
}

/**
 * Runs before each package is made: an app for another processor than that of the installed packages would be
 * complete in everything but what it needs to run.
 */
export default function beforePack({ electronPlatformName, arch, packager }) {
  const name = arches[arch]
  const missing = packagesOf(electronPlatformName, name).filter(
    (each) => !existsSync(join(packager.info.appDir, 'node_modules', each)),
  )
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed: run ` +
        `"npm ci --os=${electronPlatformName} --cpu=${name}" first, or make this package on that system.`,
    )
  }
}
