package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/smld"
)

// sharedOut runs a command in shards, the last one first, and returns what merging their parts prints.
func sharedOut(t *testing.T, shards int, parts string, args ...string) string {
	t.Helper()
	for i := shards - 1; i >= 0; i-- {
		if out := mustRun(t, append(args, "--shard", fmt.Sprintf("%d/%d", i, shards), "--parts", parts)...); out != "" {
			t.Errorf("a shard prints %q", out)
		}
	}
	return mustRun(t, "merge", parts)
}

// sameFiles fails the test unless two files hold the same bytes.
func sameFiles(t *testing.T, what, a, b string) {
	t.Helper()
	x, errX := os.ReadFile(a)
	y, errY := os.ReadFile(b)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		t.Errorf("%s: %s and %s differ: %v, %v", what, a, b, errX, errY)
	}
}

// TestShardsOfSample: the parts of a run, by any sampler, join to the run's files.
func TestShardsOfSample(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	for i, name := range smld.SamplerNames() {
		flag := "--levels"
		if name == "langevin" {
			flag = "--steps"
		}
		ending := []string{".npy", ".csv", ".npz"}[i%3]
		whole, joined := filepath.Join(dir, name+ending), filepath.Join(dir, name+"-joined"+ending)
		args := []string{"sample", "--model", model, "--sampler", name, flag, "8", "--n", "37", "--first", "5"}
		want := mustRun(t, append(args, "--out", whole)...)
		for _, shards := range []int{1, 3, 16} {
			if testing.Short() && shards == 16 && i > 0 {
				continue
			}
			got := sharedOut(t, shards, filepath.Join(dir, fmt.Sprint(name, shards)), append(args, "--out", joined)...)
			sameFiles(t, name, whole, joined)
			if got = strings.ReplaceAll(got, joined, whole); got != want {
				t.Errorf("%s in %d shards prints %q, the whole %q", name, shards, got, want)
			}
		}
	}
}

// TestShardsOfClasses: parts of samples of classes, with their labels and picture, join to the run's files.
func TestShardsOfClasses(t *testing.T) {
	model, dir := spiralsModel(t), t.TempDir()
	for _, class := range []string{"all", "1"} {
		args := func(name string) []string {
			return []string{"sample", "--model", model, "--class", class, "--guidance", "1.5", "--n", "23", "--levels", "6",
				"--out", filepath.Join(dir, name+".csv"), "--picture", filepath.Join(dir, name+".png")}
		}
		mustRun(t, args("whole")...)
		sharedOut(t, 3, filepath.Join(dir, class), args("joined")...)
		for _, ending := range []string{".csv", ".png"} {
			sameFiles(t, class, filepath.Join(dir, "whole"+ending), filepath.Join(dir, "joined"+ending))
		}
	}
}

// TestShardsOfFigures: parts of evaluations, likelihoods and completions join to the whole run's figures.
func TestShardsOfFigures(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	for name, args := range map[string][]string{
		"eval":       {"eval", "--model", model, "--data", "moons", "--n", "150", "--levels", "8"},
		"json":       {"eval", "--model", model, "--data", "moons", "--n", "150", "--levels", "8", "--json"},
		"likelihood": {"likelihood", "--model", model, "--data", "moons", "--n", "40", "--tolerance", "1e-3", "--json"},
		"inpaint": {"inpaint", "--model", model, "--data", "moons", "--hide", "1", "--n", "7", "--draws", "3",
			"--levels", "6", "--sweeps", "2", "--out", filepath.Join(dir, "x.csv")},
	} {
		want := mustRun(t, args...)
		var before []byte
		if name == "inpaint" {
			var err error
			if before, err = os.ReadFile(filepath.Join(dir, "x.csv")); err != nil {
				t.Fatal(err)
			}
		}
		for _, shards := range []int{1, 3, 16} {
			if got := sharedOut(t, shards, filepath.Join(dir, fmt.Sprint(name, shards)), args...); got != want {
				t.Errorf("%s in %d shards prints\n%s\nthe whole\n%s", name, shards, got, want)
			}
			if name == "inpaint" {
				after, err := os.ReadFile(filepath.Join(dir, "x.csv"))
				if err != nil || !bytes.Equal(before, after) {
					t.Errorf("completions in %d shards are other ones, %v", shards, err)
				}
			}
		}
	}
}

// TestBlocksOfSample: samples that do not fit in memory together are written in blocks, with the same bytes.
func TestBlocksOfSample(t *testing.T) {
	model, dir := spiralsModel(t), t.TempDir()
	defer func(a, b int) { inMemory, sourceValues = a, b }(inMemory, sourceValues)
	for _, ending := range []string{".npy", ".npz", ".csv", ".txt.gz", ".png"} {
		args := func(name string) []string {
			a := []string{"sample", "--model", model, "--class", "all", "--n", "300", "--levels", "4", "--sampler", "rk45",
				"--tolerance", "0.01", "--out", filepath.Join(dir, name+ending)}
			if ending != ".png" {
				a = append(a, "--picture", filepath.Join(dir, name+".png"))
			}
			return a
		}
		inMemory, sourceValues = 1<<24, 1<<20
		want := mustRun(t, args("whole")...)
		inMemory, sourceValues = 500, 140
		got := mustRun(t, args("blocks")...)
		for _, e := range []string{ending, ".png"} {
			sameFiles(t, ending, filepath.Join(dir, "whole"+e), filepath.Join(dir, "blocks"+e))
		}
		if got = strings.ReplaceAll(got, "blocks", "whole"); got != want {
			t.Errorf("blocks print %q, the whole %q", got, want)
		}
	}
	for _, pattern := range []string{"*.parts", ".langevin-*"} {
		if left, err := filepath.Glob(filepath.Join(dir, pattern)); err != nil || len(left) > 0 {
			t.Errorf("%v remain, %v", left, err)
		}
	}
}

// TestTogetherInMemory: what needs all rows at once has them in memory, however many there are, and makes no
// parts.
func TestTogetherInMemory(t *testing.T) {
	model := moonsModel(t)
	t.Chdir(t.TempDir())
	args := []string{"eval", "--model", model, "--data", "moons", "--n", "150", "--levels", "4"}
	want := mustRun(t, args...)
	defer func(before int) { inMemory = before }(inMemory)
	inMemory = 10
	if got := mustRun(t, args...); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("%v remain, %v", left, err)
	}
}

// TestShardByScheduler: which shard a process does is found in what schedulers set, and one that is there is
// not done again.
func TestShardByScheduler(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	out, whole := filepath.Join(dir, "x.npy"), filepath.Join(dir, "whole.npy")
	args := []string{"sample", "--model", model, "--n", "10", "--levels", "4", "--out"}
	mustRun(t, append(args, whole)...)
	args = append(args, out, "--shards=3")
	fails(t, exitUsage, args, "SLURM_ARRAY_TASK_ID", "--shard 0/3")
	for i, name := range []string{"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "PARALLEL_SEQ"} {
		number := fmt.Sprint(i)
		if name == "PARALLEL_SEQ" {
			number = "3" // the first is 1
		}
		t.Setenv(name, number)
		mustRun(t, args...)
		if _, _, stderr := command(args...); !strings.Contains(stderr, fmt.Sprintf("shard %d of 3 is in", i)) {
			t.Errorf("%s=%s: %q", name, number, stderr)
		}
		os.Unsetenv(name)
		if i < 2 {
			fails(t, exitError, []string{"merge", out + ".parts"}, fmt.Sprintf("lacks %d of 3 shards", 2-i))
		}
	}
	mustRun(t, "merge", out+".parts")
	sameFiles(t, "by schedulers", whole, out)
	again := filepath.Join(dir, "again.npy")
	mustRun(t, "merge", out+".parts", "--", "--out", again)
	sameFiles(t, "under another name", whole, again)
}

// TestShardErrors: what is no shard, and parts that do not belong together, are refused.
func TestShardErrors(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	out, parts := filepath.Join(dir, "x.npy"), filepath.Join(dir, "parts")
	sample := func(more ...string) []string {
		return append([]string{"sample", "--model", model, "--n", "10", "--levels", "4", "--out", out, "--parts", parts}, more...)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{sample(), "--parts does nothing without --shard"},
		{sample("--shard", "3"), "--shard 3: want I/N"},
		{sample("--shard", "3/3"), "--shard 3/3: want I/N"},
		{sample("--shard=-1/3"), "want I/N"},
		{sample("--shard", "0/3", "--shards", "3"), "leave out --shards"},
		{sample("--shards", "0"), "--shards"},
		{sample("--shard", "0/3", "--trajectory", filepath.Join(dir, "t.npy")), "--trajectory"},
		{[]string{"eval", "--model", model, "--data", "moons", "--n", "10", "--shard", "0/2"}, "--parts is missing"},
		{[]string{"eval", "--exact", "--shard", "0/2"}, "--shard does nothing with --exact"},
	} {
		fails(t, exitUsage, c.args, c.want)
	}
	fails(t, exitError, []string{"merge", parts}, "has no parts")
	mustRun(t, sample("--shard", "0/2")...)
	fails(t, exitError, sample("--shard", "1/2", "--seed", "2"), "parts of another run")
	fails(t, exitError, sample("--shard", "1/3"), "parts of another run")
	fails(t, exitError, []string{"merge", parts}, "lacks 1 of 2 shards: 1")
	mustRun(t, sample("--shard", "1/2")...)
	fails(t, exitError, []string{"merge", parts, "--", "--seed", "2"}, "are of another run")
	mustRun(t, "train", "--data", "moons", "--out", model, "--steps", "3", "--batch", "16", "--hidden", "8", "--levels", "4")
	fails(t, exitError, []string{"merge", parts}, "are of another run")
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("there is an output, %v", err)
	}
}

// TestFollowScheduler: as many processors are used as Slurm gives a task.
func TestFollowScheduler(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, c := range []struct {
		set  map[string]string
		want int
	}{
		{map[string]string{"SLURM_CPUS_ON_NODE": "3"}, 3},
		{map[string]string{"SLURM_CPUS_ON_NODE": "3", "SLURM_CPUS_PER_TASK": "2"}, 2},
		{map[string]string{"SLURM_CPUS_ON_NODE": "30"}, 8},
		{map[string]string{"SLURM_CPUS_ON_NODE": "0"}, 8},
		{map[string]string{"SLURM_CPUS_ON_NODE": "x"}, 8},
		{map[string]string{"SLURM_CPUS_ON_NODE": "3", "GOMAXPROCS": "8"}, 8},
		{nil, 8},
	} {
		runtime.GOMAXPROCS(8)
		followScheduler(func(name string) string { return c.set[name] })
		if got := runtime.GOMAXPROCS(0); got != c.want {
			t.Errorf("%v: %d processors, want %d", c.set, got, c.want)
		}
	}
}

// spiralsModel trains a model with two classes for a moment and returns its file.
func spiralsModel(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "m.st")
	mustRun(t, "train", "--data", "2spirals", "--labels", "class", "--out", path, "--steps", "20", "--batch", "16", "--hidden", "8",
		"--levels", "4")
	return path
}
