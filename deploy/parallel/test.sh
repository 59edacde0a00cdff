#!/usr/bin/env bash
# Runs 16 shards and a sweep of 8 trainings by GNU parallel, and compares them with what one process makes. Installs
# Debian's parallel.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v parallel >/dev/null; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q parallel
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd ../.. && go build -o "$dir/langevin" ./cmd/langevin)
cd "$dir"
PATH=$dir:$PATH
langevin train --data moons --out m.safetensors --steps 200 --hidden 16,16 --quiet >/dev/null
whole=(langevin sample --model m.safetensors --n 160000 --levels 8 --quiet)
joined=("${whole[@]}" --out joined.csv --shards 16)
# The shard follows from the number that parallel counts in PARALLEL_SEQ.
parallel -N0 -j 2 "${joined[*]} --picture p.png" ::: {1..16}
langevin merge joined.csv.parts >/dev/null
"${whole[@]}" --out whole.csv --picture w.png >/dev/null
cmp joined.csv whole.csv
cmp p.png w.png
# Or it is said.
parallel -j 2 "${whole[*]} --out said.npy --shard {}/5" ::: 0 1 2 3 4
langevin merge said.npy.parts >/dev/null
"${whole[@]}" --out whole.npy >/dev/null
cmp said.npy whole.npy
echo '{"rate": [0.001, 0.002, 0.003, 0.004], "hidden": [[8], [16]], "steps": [200], "levels": [5]}' >grid.json
parallel -N0 -j 2 "langevin sweep --grid grid.json --data moons --dir joined --shards 8 --quiet" ::: {1..8}
langevin merge joined >joined-table.csv
langevin sweep --grid grid.json --data moons --dir whole --quiet >whole-table.csv
cmp joined-table.csv whole-table.csv
echo "16 shards, 5 shards and a sweep of 8 by GNU parallel: the bytes of one process"
