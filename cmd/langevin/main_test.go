package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// command runs a command line and returns its exit code and what it printed.
func command(args ...string) (code int, stdout, stderr string) {
	var out, log bytes.Buffer
	code = run(args, &out, &log)
	return code, out.String(), log.String()
}

// complaints returns what a command said on stderr but for its progress, which it shows where it takes more than a second.
func complaints(stderr string) string {
	var lines strings.Builder
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "langevin: ") {
			lines.WriteString(line)
		}
	}
	return lines.String()
}

// mustRun fails the test unless the command succeeds.
func mustRun(t testing.TB, args ...string) string {
	t.Helper()
	code, stdout, stderr := command(args...)
	if code != 0 {
		t.Fatalf("langevin %s: exit code %d\n%s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

func hash(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

// Hashes of a short training run and of samples from it, the same on every machine and build.
const (
	goldenModel   = "67649677d6a36279bd8ae5e4f4f8b2208bbed70970a8da04e64ec6e8393f7d58"
	goldenSamples = "64acd4890accc055d0b4d3701d54a88dbd36f4b8e16462eee7f4067be8483f03"
)

// TestOneSeedOneResult: every implementation and number of cores writes the same bytes, those that any build of any
// architecture writes.
func TestOneSeedOneResult(t *testing.T) {
	defer func(cores int, backend string) {
		runtime.GOMAXPROCS(cores)
		if err := implementation.Use(backend); err != nil {
			t.Error(err)
		}
	}(runtime.GOMAXPROCS(0), kernels.Backend())
	dir := t.TempDir()
	model, samples, picture := filepath.Join(dir, "m.safetensors"), filepath.Join(dir, "x.npy"), filepath.Join(dir, "x.png")
	counts := []int{1, 2}
	if testing.Short() {
		counts = counts[1:]
	}
	for _, backend := range implementation.All() {
		if err := implementation.Use(backend); err != nil {
			t.Fatal(err)
		}
		for _, cores := range counts {
			runtime.GOMAXPROCS(cores)
			mustRun(t, "train", "--data", "digits", "--out", model, "--steps", "50", "--batch", "64", "--hidden", "48,40",
				"--levels", "20", "--seed", "3")
			if got := hash(t, model); got != goldenModel {
				t.Errorf("%s on %d cores: model %s, want %s", backend, cores, got, goldenModel)
			}
			mustRun(t, "sample", "--model", model, "--n", "30", "--sampler", "annealed", "--levels", "20", "--steps", "2",
				"--seed", "4",
				"--out", samples, "--picture", picture)
			if got := hash(t, samples); got != goldenSamples {
				t.Errorf("%s on %d cores: samples %s, want %s", backend, cores, got, goldenSamples)
			}
		}
	}
	set, err := dataset.Open(samples, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(set.X.Rows, set.Shape) != "30 [8 8]" {
		t.Errorf("samples are %d of shape %v, want 30 of [8 8]", set.X.Rows, set.Shape)
	}
	f, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if config, err := png.DecodeConfig(f); err != nil || config.Width != 6*(56+4)+4 || config.Height != 5*(56+4)+4 {
		t.Errorf("picture is %dx%d, %v", config.Width, config.Height, err)
	}
}

// TestTwoDimensions trains and samples a toy set with every sampler.
func TestTwoDimensions(t *testing.T) {
	dir := t.TempDir()
	model := filepath.Join(dir, "m.safetensors")
	mustRun(t, "train", "--data", "moons", "--out", model, "--steps", "20", "--hidden", "16", "--levels", "10")
	for _, sampler := range smld.SamplerNames() {
		for _, denoise := range []string{"--denoise", "--no-denoise"} {
			out, picture := filepath.Join(dir, sampler+".npy"), filepath.Join(dir, sampler+".png")
			args := []string{"sample", "--model", model, "--n", "7", "--sampler", sampler, denoise, "--out", out, "--picture", picture}
			if sampler == "langevin" {
				args = append(args, "--steps", "20")
			} else {
				args = append(args, "--levels", "10")
			}
			mustRun(t, args...)
			set, err := dataset.Open(out, dataset.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if set.X.Rows != 7 || set.X.Cols != 2 {
				t.Errorf("%s: samples are %dx%d, want 7x2", sampler, set.X.Rows, set.X.Cols)
			}
		}
	}
}

// TestEval measures a model of a mixture, for which every measure applies, and the samplers with exact scores.
func TestEval(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of steps of many samples")
	}
	dir := t.TempDir()
	model := filepath.Join(dir, "m.safetensors")
	mustRun(t, "train", "--data", "2gaussians", "--out", model, "--steps", "300", "--hidden", "32", "--levels", "10", "--sigma-min", "0.1")
	args := []string{"eval", "--model", model, "--data", "2gaussians", "--n", "200"}
	text := mustRun(t, args...)
	for _, want := range []string{"sliced Wasserstein", "MMD", "Fréchet", "modes: 2 of 2", "KL divergence", "score error", "dpm2m-sde, 25 score",
		"KS", "correlation", "told from data"} {
		if !strings.Contains(text, want) {
			t.Errorf("eval prints no %q:\n%s", want, text)
		}
	}
	var r report
	if err := json.Unmarshal([]byte(mustRun(t, append(args, "--json", "--sampler", "ancestral", "--levels", "50")...)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Samples != 200 || r.Evaluations != 50 || len(r.Measures) < 5 || r.Modes == nil || r.KL == nil || len(r.Score) == 0 {
		t.Errorf("eval reports %+v", r)
	}
	for _, m := range r.Measures {
		if m.Floor == 0 || m.Spread == 0 {
			t.Errorf("%s has no floor", m.Name)
		}
	}
	if len(r.Columns) != 2 || r.Verdict.Of != len(r.Measures)+1 || r.Verdict.Told != (len(r.Verdict.By) > 0) {
		t.Errorf("eval judges %+v of columns %+v", r.Verdict, r.Columns)
	}
	if text := mustRun(t, "eval", "--exact", "--data", "2gaussians", "--sampler", "heun", "--n", "200", "--repeats", "1"); strings.Contains(text, "±") {
		t.Errorf("one repetition has a standard error:\n%s", text)
	}
	var rows []exactRow
	if err := json.Unmarshal([]byte(mustRun(t, "eval", "--exact", "--data", "25gaussians", "--sampler", "heun", "--n", "2000",
		"--repeats", "2", "--json")), &rows); err != nil {
		t.Fatal(err)
	}
	if r := rows[0]; r.Ratio == nil || !(*r.Ratio < 1.1) || !(*r.Ratio > 0.9) || r.RatioError == nil || r.Modes > 5 {
		t.Errorf("eval --exact reports %+v", r)
	}
	picture := filepath.Join(dir, "figure.png")
	if err := json.Unmarshal([]byte(mustRun(t, "eval", "--exact", "--data", "8gaussians", "--sampler", "heun", "--n", "1000",
		"--repeats", "2", "--json", "--picture", picture)), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Evaluations != 79 || rows[0].Covered != 8 || rows[0].Ratio == nil || !(*rows[0].Ratio > 0.5 && *rows[0].Ratio < 1.5) {
		t.Errorf("eval --exact reports %+v", rows)
	}
	if _, err := os.Stat(picture); err != nil {
		t.Error(err)
	}

	densities := filepath.Join(dir, "d.npy")
	var l likelihoodReport
	if err := json.Unmarshal([]byte(mustRun(t, "likelihood", "--model", model, "--data", "2gaussians", "--n", "300", "--json",
		"--out", densities)), &l); err != nil {
		t.Fatal(err)
	}
	// The mixture's entropy is 3.34 nats, and no model can be expected to fall below it.
	if l.Points != 300 || l.Nats > -3 || l.Nats < -8 {
		t.Errorf("likelihood reports %+v", l)
	}
	if set, err := dataset.Open(densities, dataset.Options{}); err != nil || set.X.Rows != 300 {
		t.Errorf("log-densities: %v", err)
	}
}

// TestImages: likelihood and inpainting of images. Of integers, bits per dimension count the bins, half of which training fills.
func TestImages(t *testing.T) {
	dir := t.TempDir()
	model, out, picture := filepath.Join(dir, "m.safetensors"), filepath.Join(dir, "x.npy"), filepath.Join(dir, "x.png")
	mustRun(t, "train", "--data", "digits", "--out", model, "--steps", "20", "--hidden", "32", "--levels", "10", "--bin", "1")
	var l likelihoodReport
	if err := json.Unmarshal([]byte(mustRun(t, "likelihood", "--model", model, "--data", "digits", "--n", "5", "--json",
		"--tolerance", "1e-3")), &l); err != nil {
		t.Fatal(err)
	}
	// A model that has learned little is a normal distribution about as wide as the data, some 4.6 bits.
	if l.BitsPerDimension < 2 || l.BitsPerDimension > 7 {
		t.Errorf("likelihood reports %+v", l)
	}
	const halfFilled = 1 // bit for each value
	if want := -l.Nats/64/math.Ln2 + halfFilled; !l.Discrete || math.Abs(l.BitsPerDimension-want) > 1e-9 {
		t.Errorf("likelihood reports %+v, want %v bits", l, want)
	}
	mustRun(t, "inpaint", "--model", model, "--data", "digits", "--hide", "right", "--n", "3", "--draws", "4", "--levels", "10",
		"--particles", "3", "--sweeps", "2", "--out", out, "--picture", picture)
	set, err := dataset.Open(out, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if set.X.Rows != 15 {
		t.Fatalf("%d images, want 15", set.X.Rows)
	}
	for i := range 15 {
		for j, v := range set.X.Row(i) {
			if given := set.X.Row(i / 5 * 5)[j]; j%8 < 4 && v != given {
				t.Fatalf("image %d has %v at %d, which is known to be %v", i, v, j, given)
			}
		}
	}
}

// TestBadInput: whatever is wrong is one sentence on stderr and an exit code, and leaves no file.
func TestBadInput(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(in, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write([]byte("\x00\x00\x08\x02\x00\x00\x00\x02\x00\x00\x00\x02abcd")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var npy bytes.Buffer
	if err := dataset.WriteNPY(&npy, kernels.NewMatrix64(3, 2), false); err != nil {
		t.Fatal(err)
	}
	goodModel := filepath.Join(in, "good.safetensors")
	mustRun(t, "train", "--data", "moons", "--out", goodModel, "--steps", "1", "--hidden", "4", "--levels", "3")
	model, err := os.ReadFile(goodModel)
	if err != nil {
		t.Fatal(err)
	}
	lying := bytes.Clone(npy.Bytes())
	copy(lying[bytes.Index(lying, []byte("(3, 2)")):], "(9, 2)")
	result := filepath.Join(out, "result.npy")

	train := func(data string, more ...string) []string {
		return append([]string{"train", "--data", data, "--out", filepath.Join(out, "result.st"), "--steps", "2"}, more...)
	}
	sample := func(model string, more ...string) []string {
		return append([]string{"sample", "--model", model, "--out", result}, more...)
	}
	for _, c := range []struct {
		name string
		code int
		want string
		args []string
	}{
		{"no such data", exitError, `"nothing"`, train("nothing")},
		{"truncated IDX", exitError, "bytes", train(write("a.idx", []byte("\x00\x00\x08\x02\x00\x00\x00\x02\x00\x00\x00\x02abc")))},
		{"lying IDX", exitError, "bytes", train(write("b.idx", []byte("\x00\x00\x08\x02\x7f\xff\xff\xff\x7f\xff\xff\xffabcd")))},
		{"truncated IDX.gz", exitError, "b.gz", train(write("b.gz", zipped.Bytes()[:zipped.Len()-9]))},
		{"truncated npy", exitError, "bytes", train(write("a.npy", npy.Bytes()[:npy.Len()-1]))},
		{"lying npy", exitError, "bytes", train(write("b.npy", lying))},
		{"ragged csv", exitError, "line 2", train(write("a.csv", []byte("1,2\n3\n")))},
		{"NaN in csv", exitError, "NaN", train(write("b.csv", []byte("1,2\n3,NaN\n")))},
		{"text in csv", exitError, "row 2", train(write("c.csv", []byte("1,2\n3,x\n")))},
		{"empty file", exitError, "empty", train(write("d.csv", nil))},
		{"a directory as data", exitError, in, train(in)},
		{"constant data", exitError, "all the same", train(write("e.csv", []byte("1,2\n1,2\n")))},
		{"constant data with levels", exitError, "all the same", train(write("f.csv", []byte("1,2\n1,2\n")), "--sigma-max", "1", "--sigma-min", "0.1")},
		{"zero batch", exitUsage, "--batch: 0: want a whole number", train("moons", "--batch", "0")},
		{"negative batch", exitUsage, "--batch: -3: want a whole number", train("moons", "--batch=-3")},
		{"zero steps", exitUsage, "--steps: 0: want a whole number", train("moons", "--steps", "0")},
		{"one level", exitError, "1 noise levels", train("moons", "--levels", "1")},
		{"swapped levels", exitError, "sigmaMax > sigmaMin > 0 (in units of each column's scale)", train("moons", "--sigma-max", "1", "--sigma-min", "2")},
		{"empty layer", exitError, "size 0", train("moons", "--hidden", "0")},
		{"text as a number", exitUsage, "--batch", train("moons", "--batch", "many")},
		{"divergence", exitError, "diverged", train("moons", "--rate", "1e30", "--steps", "30")},
		{"unknown flag", exitUsage, "--frobnicate", train("moons", "--frobnicate")},
		{"no model", exitError, "no such file", sample(filepath.Join(in, "none.safetensors"))},
		{"truncated model", exitError, "truncated.safetensors", sample(write("truncated.safetensors", model[:len(model)-3]))},
		{"lying model", exitError, "lying.safetensors", sample(write("lying.safetensors", append([]byte{255, 255, 255, 255, 0, 0, 0, 0}, model[8:]...)))},
		{"data as a model", exitError, "b.idx", sample(filepath.Join(in, "b.idx"))},
		{"unknown sampler", exitUsage, "--sampler", sample(goodModel, "--sampler", "magic")},
		{"no samples", exitUsage, "0 samples", sample(goodModel, "--n", "0")},
		{"too many samples", exitError, "of disk", sample(goodModel, "--n", "99999999999")},
		{"bad eps", exitUsage, `--eps: "0": want a number above zero`, sample(goodModel, "--sampler", "annealed", "--eps", "0")},
		{"bad steps", exitUsage, `--steps: "-1": want a whole number, 1 or more`, sample(goodModel, "--sampler", "annealed", "--steps=-1")},
		{"steps of another sampler", exitUsage, "--steps does nothing with the sampler heun; it is for langevin, annealed",
			sample(goodModel, "--sampler", "heun", "--steps", "20")},
		{"a default that is given", exitUsage, "--tolerance does nothing with the sampler annealed; it is for rk45",
			sample(goodModel, "--sampler", "annealed", "--tolerance", "1e-5")},
		{"a setting that not all samplers have", exitUsage, "--snr does nothing with the sampler annealed; it is for pc",
			[]string{"eval", "--exact", "--data", "2gaussians", "--n", "100", "--repeats", "1", "--snr", "0.1"}},
		{"huge eps", exitError, "diverged", sample(goodModel, "--sampler", "langevin", "--eps", "1e30")},
		{"unknown predictor", exitUsage, "ancestral", sample(goodModel, "--sampler", "pc", "--predictor", "magic")},
		{"bad eta", exitUsage, "--eta is 3: want 0 to 2", sample(goodModel, "--sampler", "consistent", "--eta", "3")},
		{"bad tolerance", exitUsage, "--tolerance is 1e-09: want at least 1e-6", sample(goodModel, "--sampler", "rk45", "--tolerance", "1e-9")},
		{"an eta out of the levels' range", exitUsage, "--eta is 1.9: want ", sample(goodModel, "--sampler", "consistent", "--levels", "4", "--eta", "1.9")},
		{"bad order", exitUsage, "--order is 9: want 1 to 4", sample(goodModel, "--sampler", "lms", "--order", "9")},
		{"one level of a sampler", exitUsage, "--levels is 1: want at least 2", sample(goodModel, "--levels", "1")},
		{"bad rho", exitUsage, "--rho is 0.5: want 1 to 1e6", sample(goodModel, "--rho", "0.5")},
		{"samplers out of limits", exitUsage, "--order is 9: want 1 to 4", []string{"eval", "--exact", "--sampler", "lms", "--order", "9"}},
		{"bad probes", exitUsage, "--probes -1: want", []string{"likelihood", "--model", goodModel, "--data", "moons", "--probes=-1"}},
		{"bad tolerance of a likelihood", exitUsage, "--tolerance 1e-09: want at least 1e-06", []string{"likelihood", "--model", goodModel, "--data", "moons", "--tolerance", "1e-9"}},
		{"one sample to measure", exitUsage, "1 samples: want at least 2", []string{"eval", "--model", goodModel, "--data", "moons", "--n", "1"}},
		{"nothing to measure", exitUsage, "--exact", []string{"eval"}},
		{"no sampler to measure", exitUsage, "heun", []string{"eval", "--exact", "--sampler", "magic"}},
		{"no mixture to measure", exitUsage, "8gaussians", []string{"eval", "--exact", "--data", "moons"}},
		{"data of another dimension", exitError, "rows of 2 values", []string{"eval", "--model", goodModel, "--data", "digits"}},
		{"a shift of what is no image", exitError, "want images", train("moons", "--shift", "1")},
		{"a shift out of the frame", exitError, "shift of 8 pixels", train("digits", "--shift", "8")},
		{"neighbours of points", exitError, "of no images", []string{"picture", "neighbours", "--model", goodModel, "--data", "moons", "--out", result + ".png"}},
		{"likelihood of other data", exitError, "rows of 2 values", []string{"likelihood", "--model", goodModel, "--data", "digits"}},
		{"bad bins", exitUsage, "--bin -3", train("digits", "--bin=-3")},
		{"half of a point", exitError, "is for images", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "left", "--out", result}},
		{"all of a point", exitError, "not all", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "1,2", "--out", result}},
		{"no such coordinate", exitError, "no column 3, they are numbered 1 to 2", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "3", "--out", result}},
		{"no such mask", exitError, "a mask", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "x.npy", "--out", result}},
		{"sweeps of one particle", exitUsage, "two particles", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "1", "--particles", "1", "--out", result}},
		{"inpainting at one level", exitUsage, "--levels 1: want at least 2", []string{"inpaint", "--model", goodModel, "--data", "moons", "--hide", "1", "--levels", "1", "--out", result}},
		{"no folder for the output", exitError, "no directory", []string{"train", "--data", "moons", "--out", filepath.Join(out, "a", "b")}},
		{"a folder as output", exitError, "is a directory", []string{"train", "--data", "moons", "--out", out}},
		{"no folder for the picture", exitError, "no directory", sample(goodModel, "--picture", filepath.Join(out, "a", "b.png"))},
		{"a file as demo folder", exitError, "cannot make the folder", []string{"demo", "--out", goodModel}},
		{"no command", exitUsage, "demo", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, stdout, stderr := command(c.args...)
			stderr = complaints(stderr)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if !strings.HasPrefix(stderr, "langevin: ") || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("stderr is %q, want one line that begins with langevin: and has %q", stderr, c.want)
			}
			if stdout != "" {
				t.Errorf("stdout is %q", stdout)
			}
			if left, err := os.ReadDir(out); err != nil || len(left) != 0 {
				t.Errorf("files are left behind: %v, %v", left, err)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"train", "--help"}, {"sample", "--help"}, {"demo", "--help"}, {"eval", "--help"}, {"likelihood", "--help"}, {"inpaint", "--help"}} {
		code, stdout, stderr := command(args...)
		if code != 0 || stderr != "" || !strings.Contains(stdout, "Usage: langevin") {
			t.Errorf("langevin %v: exit code %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
	if help := strings.Join(strings.Fields(mustRun(t, "sample", "--help")), " "); !strings.Contains(help, "order (1 to 4, default 4)") {
		t.Errorf("the help has no limits: %s", help)
	}
}
