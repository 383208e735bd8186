/** The package brings no types for the part that is used: a function that makes a fresh decoder. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  const makeDecoder: () => unknown
  export default makeDecoder
}
