#!/usr/bin/env bash
# Decodes the manifests and runs their containers' command lines, with fewer samples, and compares the result with that
# of one process.
set -euo pipefail
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd ../.. && go build -o "$dir/langevin" ./cmd/langevin)
(cd check && go build -o "$dir/check" .)
for manifest in sample merge sweep; do sed 's/--n=16000000/--n=160000/' $manifest.yaml >"$dir/$manifest.yaml"; done
"$dir/langevin" train --data moons --out "$dir/model.safetensors" --steps 200 --hidden 16,16 --quiet >/dev/null
"$dir/langevin" sample --model "$dir/model.safetensors" --n 500 --out "$dir/points.csv" --quiet >/dev/null
echo '{"rate": [0.001, 0.002, 0.003, 0.004], "hidden": [[8], [16]], "steps": [200], "levels": [5]}' >"$dir/grid.json"
cd "$dir"
./check -langevin "$dir/langevin" -data "$dir" sample.yaml merge.yaml sweep.yaml
./langevin sample --model model.safetensors --out whole.npy --n 160000 --quiet >/dev/null
cmp samples.npy whole.npy
./langevin merge sweep
echo "an indexed Job: the bytes of one process"
