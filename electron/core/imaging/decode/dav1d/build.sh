#!/bin/sh
# Makes ../dav1d-binary.ts from dav1d's sources: sh build.sh FOLDER_OF_DAV1D
# Needs clang 16, its linker and WebAssembly runtime, and wasi-libc: Debian's packages clang-16, lld-16,
# libclang-rt-16-dev-wasm32 and wasi-libc. The same sources and packages give the same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$1" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

printf '#define DAV1D_VERSION "1.5.4"\n' > "$out/vcs_version.h"
compile="clang-16 --target=wasm32-wasi -O2 -msimd128 -mbulk-memory -std=c11 -D_GNU_SOURCE -DNDEBUG
  -fvisibility=hidden -fno-strict-aliasing -ffunction-sections -fdata-sections -ffile-prefix-map=$source=.
  -I$here -I$out -I$source -I$source/include -I$source/include/dav1d -I$source/src -Wno-everything"

for name in cdf cpu ctx data decode dequant_tables getbits intra_edge itx_1d lf_mask lib log mem msac obu pal picture \
  qm ref refmvs scan tables thread_task warpmv wedge; do
  $compile -c "$source/src/$name.c" -o "$out/$name.o"
done
for name in cdef_apply cdef fg_apply filmgrain ipred_prepare ipred itx lf_apply loopfilter looprestoration lr_apply \
  mc recon; do
  for bits in 8 16; do
    $compile -DBITDEPTH=$bits -c "$source/src/${name}_tmpl.c" -o "$out/$name-$bits.o"
  done
done
$compile -c "$here/bridge.c" -o "$out/bridge.o"

# 512 MB at most: a stream that lies about its size ends here.
clang-16 --target=wasm32-wasi -mexec-model=reactor "$out"/*.o -o "$out/dav1d.wasm" \
  -Wl,--gc-sections -Wl,--strip-all -Wl,-z,stack-size=1048576 -Wl,--max-memory=536870912

node -e '
const { brotliCompressSync, constants } = require("node:zlib")
const { readFileSync, writeFileSync } = require("node:fs")
const [wasm, to] = process.argv.slice(1)
const packed = brotliCompressSync(readFileSync(wasm), { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } })
writeFileSync(to, `/** dav1d as WebAssembly, packed with Brotli, in base64; see dav1d/README.md. */
export const dav1dBinary =
  \x27${packed.toString("base64")}\x27
`)
' "$out/dav1d.wasm" "$here/../dav1d-binary.ts"
sha256sum "$out/dav1d.wasm"
