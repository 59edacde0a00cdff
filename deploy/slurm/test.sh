#!/usr/bin/env bash
# Runs a Slurm of one machine and, in it, an array of 16 shards of which two are killed and requeued, and a sweep of 8
# trainings; compares both with what one process makes. Installs Debian's slurm-wlm; needs root.
#
#   deploy/slurm/test.sh [SAMPLES]
set -euo pipefail
cd "$(dirname "$0")"
deploy=$PWD
samples=${1:-1000000} # of each shard

if ! command -v slurmctld >/dev/null; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q slurm-wlm munge
fi
dir=$(mktemp -d)
chmod 755 "$dir"
pids=()
finish() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$dir"
}
trap finish EXIT

(cd ../.. && go build -o "$dir/langevin" ./cmd/langevin)
export LANGEVIN=$dir/langevin SLURM_CONF=$dir/slurm.conf
cores=$(nproc) host=$(hostname -s)
cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmUser=root
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
AuthInfo=socket=$dir/munge.socket
MpiDefault=none
ReturnToService=2
MinJobAge=3600
CONF
mkdir "$dir/state" "$dir/spool"
dd if=/dev/urandom bs=1024 count=1 of="$dir/munge.key" status=none
chmod 400 "$dir/munge.key"
munged --force --foreground --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munge.pid" \
  --log-file="$dir/munge.log" --seed-file="$dir/munge.seed" 2>"$dir/munge.err" &
pids+=($!)
for _ in $(seq 100); do [ -S "$dir/munge.socket" ] && break; sleep 0.1; done
slurmctld -D 2>/dev/null & pids+=($!)
slurmd -D 2>/dev/null & pids+=($!)
for _ in $(seq 100); do sinfo -h -o %t 2>/dev/null | grep -q idle && break; sleep 0.2; done
sinfo -h -o %t | grep -q idle || { echo "Slurm does not start:" >&2; tail -n 5 "$dir"/*.log >&2; exit 1; }

# ended waits until a job has no task left.
ended() { while squeue -h -j "$1" 2>/dev/null | grep -q .; do sleep 0.2; done; }

cd "$dir"
"$LANGEVIN" train --data moons --out m.safetensors --steps 500 --hidden 16,16 --quiet >/dev/null
total=$((16 * samples))
job=$(sbatch --parsable --output=array-%a.log "$deploy/sample.sbatch" m.safetensors joined.npy $total --sampler dpm3m --levels 8)

# Two tasks are killed in the middle, which leaves no part of theirs, and requeued.
killed=()
for _ in $(seq 3000); do
  for task in $(squeue -h -j "$job" -t running -o %K); do
    [ ${#killed[@]} -lt 2 ] || break 2
    [[ " ${killed[*]} " == *" $task "* ]] && continue
    pid=$(pgrep -f "^$LANGEVIN sample" | head -n 1) || continue
    kill -9 "$pid"
    killed+=("$task")
    sleep 0.3
  done
  sleep 0.1
done
ended "$job"
echo "killed in the middle: ${#killed[@]} tasks"
[ ${#killed[@]} -eq 2 ]
# missing prints the shards that are, as --array takes them.
missing() { { "$LANGEVIN" merge joined.npy.parts 2>&1 >/dev/null || true; } | sed -n 's/.* of 16 shards: //p'; }
tasks=$(missing)
echo "then shards $tasks are missing"
[ -n "$tasks" ]
first=${tasks%%[,-]*}
scontrol requeue "${job}_$first" # as Slurm does by itself where a node fails
ended "$job"
tasks=$(missing)
echo "after task $first was requeued, $tasks"
again=$(sbatch --parsable --array="$tasks" --output=again-%a.log "$deploy/sample.sbatch" m.safetensors joined.npy $total --sampler dpm3m --levels 8)
merged=$(sbatch --parsable --dependency=afterok:"$again" --output=merge.log "$deploy/merge.sbatch" joined.npy.parts)
ended "$merged"
cat merge.log
"$LANGEVIN" sample --model m.safetensors --out whole.npy --n $total --sampler dpm3m --levels 8 --quiet >/dev/null
cmp joined.npy whole.npy
echo "16 shards of $samples samples, two of them run again: $(stat -c %s joined.npy) bytes, those of one process"

cat >grid.json <<'JSON'
{"rate": [0.001, 0.002, 0.003, 0.004], "hidden": [[8], [16]], "steps": [200], "levels": [5]}
JSON
job=$(sbatch --parsable --array=0-7 --output=sweep-%a.log "$deploy/sweep.sbatch" grid.json joined-sweep 8 --data moons)
ended "$job"
"$LANGEVIN" merge joined-sweep >joined.csv
"$LANGEVIN" sweep --grid grid.json --dir whole-sweep --data moons --quiet >whole.csv
cmp joined.csv whole.csv
for run in joined-sweep/0000?; do cmp "$run/model.safetensors" "whole-sweep/${run#*/}/model.safetensors"; done
echo "a sweep of 8 trainings: the table and models of one process"
