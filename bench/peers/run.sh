#!/usr/bin/env bash
# Times matrix products here and in OpenBLAS, BLIS and oneDNN, alternating between them, and prints for each shape the
# best GFlop/s of each and the ratio of ours to the best of theirs.
#
#   bench/peers/run.sh [threads] [rounds] [option...]
#
# Options go to every driver: -ta, -tb (transposed operands), -double (without oneDNN), -packed (ours only: packed
# weights). SHAPES in the environment replaces the list of shapes, triples m n k. Needs Go, gcc, and Debian's
# libopenblas-dev, libblis-dev and libdnnl-dev. Says which kernels each library has chosen, and warns where it does not know
# the processor.
set -euo pipefail
cd "$(dirname "$0")"
threads=${1:-1} rounds=${2:-3}
shift $(($# < 2 ? $# : 2))
shapes=${SHAPES:-64 64 64 128 128 128 256 256 256 512 512 512 1024 1024 1024 128 128 2 512 128 2 512 2 128 \
512 128 128 4096 128 128 128 512 512 256 784 784 128 1024 784 1 256 256 16 256 256 100 100 100 33 17 129}

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
./build.sh "$dir" openblas blis onednn
go build -o "$dir/ours" ../gemm

# A library that does not know the processor takes kernels for older ones, or for any, at a fraction of the speed.
case ${BLIS_ARCH_TYPE:-0} in
  *[!0-9]*) echo "warning: BLIS_ARCH_TYPE=$BLIS_ARCH_TYPE: BLIS takes a number and reads a word as 0" >&2 ;;
esac
for peer in openblas blis onednn; do
  { read -r core; read -r advice || true; } < <("$dir/$peer" -core)
  echo "$peer has taken its kernels for $core"
  [ -z "$advice" ] || echo "warning: $peer's kernels for $core use shorter vectors than this processor has; set $advice" >&2
done

theirs=() double=
for option in "$@"; do
  [ "$option" = -packed ] || theirs+=("$option")
  [ "$option" = -double ] && double=1
done
export OPENBLAS_NUM_THREADS=$threads BLIS_NUM_THREADS=$threads OMP_NUM_THREADS=$threads
for _ in $(seq "$rounds"); do
  # shellcheck disable=SC2086
  {
    "$dir/ours" -threads "$threads" "$@" $shapes | sed 's/^/ours /'
    "$dir/openblas" "${theirs[@]}" $shapes | sed 's/^/openblas /'
    "$dir/blis" "${theirs[@]}" $shapes | sed 's/^/blis /'
    [ -n "$double" ] || "$dir/onednn" "${theirs[@]}" $shapes | sed 's/^/onednn /'
  }
done | awk -v threads="$threads" '
  { shape = $2 " " $3 " " $4; if (!(shape in seen)) { seen[shape] = 1; order[++n] = shape }
    if ($6 > best[$1, shape]) best[$1, shape] = $6 }
  END {
    printf "GFlop/s, %d thread(s)\n%-16s %8s %9s %8s %8s %7s\n", threads, "m n k", "ours", "OpenBLAS", "BLIS", "oneDNN", "ratio"
    for (i = 1; i <= n; i++) {
      s = order[i]; top = best["openblas", s]
      if (best["blis", s] > top) top = best["blis", s]
      if (best["onednn", s] > top) top = best["onednn", s]
      printf "%-16s %8.1f %9.1f %8.1f %8.1f %7.2f\n", s, best["ours", s], best["openblas", s], best["blis", s], best["onednn", s], best["ours", s] / top
    }
  }'
