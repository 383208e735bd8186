/** Entry files of the threads. The bundler puts their bundles here instead. */
export const threadEntries = {
  copy: new URL('./copy-worker.ts', import.meta.url),
  photo: new URL('./photo-worker.ts', import.meta.url),
  scan: new URL('./scan-worker.ts', import.meta.url),
  model: new URL('./model-worker.ts', import.meta.url),
  search: new URL('./search-worker.ts', import.meta.url),
  trial: new URL('./trial-worker.ts', import.meta.url),
  teach: new URL('./teach-worker.ts', import.meta.url),
  viewing: new URL('./viewing-worker.ts', import.meta.url),
}
