#!/usr/bin/env bash
# Builds gemm.c against C libraries: bench/peers/build.sh DIRECTORY PEER..., a program in the directory for each peer, of
# openblas, blis, onednn and libxsmm. Needs gcc, and of Debian's libopenblas-dev, libblis-dev, libdnnl-dev and libxsmm-dev those
# that are named; libxsmm also needs OpenBLAS, to which it leaves products that are not small.
set -euo pipefail
dir=$(realpath "$1")
shift
cd "$(dirname "$0")"
arch=$(gcc -print-multiarch)
lib=/usr/lib/$arch
openblas=$lib/openblas-pthread/libopenblas.so.0
for peer in "$@"; do
  case $peer in
    openblas) flags=(-DPEER_OPENBLAS "$openblas") ;;
    blis) flags=(-DPEER_BLIS "$lib/blis-openmp/libblis.so.4" -Wl,-rpath,"$lib/blis-openmp") ;;
    onednn) flags=(-DPEER_DNNL -ldnnl) ;;
    libxsmm) flags=(-DPEER_XSMM -lxsmm "$openblas" -lpthread -lm -ldl) ;;
    *) echo "$peer: want openblas, blis, onednn or libxsmm" >&2 && exit 2 ;;
  esac
  gcc -O2 -I"/usr/include/$arch/openblas-pthread" gemm.c -o "$dir/$peer" "${flags[@]}"
done
