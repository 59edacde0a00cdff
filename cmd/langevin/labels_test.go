package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// labelledTable writes a table of two clusters, whose column kind says which, and returns its path. A file of
// the same labels is beside it.
func labelledTable(t *testing.T) (table, labels string) {
	t.Helper()
	dir := t.TempDir()
	var text, kinds strings.Builder
	text.WriteString("a,kind,b\n")
	for i := range 60 {
		kind := []string{"low", "very high"}[i%2]
		fmt.Fprintf(&text, "%v,%s,%v\n", float64(i*37%11)/10+float64(i%2*20), kind, float64(i*53%13)/10)
		fmt.Fprintf(&kinds, "%d\n", i%2*7)
	}
	table, labels = filepath.Join(dir, "table.csv"), filepath.Join(dir, "labels.txt")
	for path, text := range map[string]string{table: text.String(), labels: kinds.String()} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return table, labels
}

// TestLabelColumn: a model of a table's rows by kind makes rows of each, with their kind beside them, as a
// table that another model can be trained on.
func TestLabelColumn(t *testing.T) {
	table, _ := labelledTable(t)
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	model, out := path("model.safetensors"), path("out.csv")
	mustRun(t, "train", "--data", table, "--labels", "kind", "--out", model, "--steps", "400", "--hidden", "32,32")
	mustRun(t, "sample", "--model", model, "--class", "all", "--sampler", "heun", "--n", "40", "--out", out)
	set, err := dataset.Open(out, dataset.Options{Label: "kind"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"low", "very high"}; !slices.Equal(set.Classes, want) || set.X.Cols != 2 || set.X.Rows != 40 {
		t.Fatalf("%d rows of %d columns in classes %q", set.X.Rows, set.X.Cols, set.Classes)
	}
	for i, label := range set.Labels {
		if a := set.X.Row(i)[0]; label != i%2 || (a > 10) != (label == 1) {
			t.Errorf("row %d of class %q has %v, want the classes in turn", i, set.Classes[label], a)
		}
	}
	text := mustRun(t, "sample", "--model", model, "--class", "very high", "--guidance", "1.5", "--sampler", "heun", "--n", "7", "--out", out)
	if !strings.Contains(text, "score evaluations a sample, each 2 of the network") {
		t.Errorf("no word of the evaluations in %q", text)
	}
	if set, err = dataset.Open(out, dataset.Options{Label: "kind"}); err != nil || len(set.Classes) != 1 || set.X.Rows != 7 {
		t.Errorf("%+v, %v", set, err)
	}
	fails(t, exitError, []string{"sample", "--model", model, "--class", "high", "--out", out}, `--class high`, "choose one of low, very high, or all")
	fails(t, exitUsage, []string{"sample", "--model", model, "--guidance", "2", "--out", out}, "--guidance does nothing without --class")
	fails(t, exitUsage, []string{"sample", "--model", model, "--class", "low", "--guidance", "Inf", "--out", out}, "want a finite number")
	for _, class := range []string{"low", setup.AllClasses} {
		fails(t, exitUsage, []string{"sample", "--model", model, "--class", class, "--guidance", "0", "--out", out}, "--guidance 0 is the score without the class")
	}
	if text := mustRun(t, "info", model); !strings.Contains(text, "2, low, very high") || !strings.Contains(text, smld.DefaultSampler+" by default") {
		t.Errorf("info says %s", text)
	}
	mustRun(t, "sample", "--model", model, "--n", "5", "--sampler", "heun", "--out", out)
	if text, err := os.ReadFile(out); err != nil || !strings.HasPrefix(string(text), "a,b\n") {
		t.Errorf("samples of no class are %q, %v", text, err)
	}
}

// TestLabelFile: labels of a file belong to a run. It goes on to the same bits with them, also where they have
// moved, and not with others.
func TestLabelFile(t *testing.T) {
	table, labels := labelledTable(t)
	flags := []string{"--labels", labels, "--columns", "a,b", "--schedule", "constant", "--label-dropout", "0.2"}
	run := func(dir, steps string) []string {
		return tinyRun(dir, table, append(flags, "--steps", steps)...)
	}
	dir, whole := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "whole")
	mustRun(t, run(dir, "12")...)
	mustRun(t, run(whole, "25")...)
	text, err := os.ReadFile(labels)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(labels); err != nil {
		t.Fatal(err)
	}
	fails(t, exitError, []string{"train", "--resume", dir, "--steps", "25"}, labels+" is not there: if it is elsewhere now, name it with --labels")
	moved, other := labels+"-moved.txt", labels+"-other.txt"
	changed := "7" + string(text[1:])
	for path, text := range map[string]string{moved: string(text), other: changed} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fails(t, exitError, []string{"train", "--resume", dir, "--steps", "25", "--labels", other}, "it is of a training with other settings: labels was")
	mustRun(t, "train", "--resume", dir, "--steps", "25", "--labels", moved)
	if hash(t, filepath.Join(dir, "model.safetensors")) != hash(t, filepath.Join(whole, "model.safetensors")) {
		t.Error("a run that was resumed makes another model")
	}
	config := filepath.Join(whole, "config.json")
	if text, err = os.ReadFile(config); err != nil {
		t.Fatal(err)
	}
	wrong := strings.Replace(string(text), `"label-dropout": 0.2`, `"label-dropout": 5`, 1)
	if err := os.WriteFile(config, []byte(strings.Replace(wrong, labels, moved, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	fails(t, exitError, []string{"train", "--resume", whole}, config+": --label-dropout 5: want a share from 0 to 1")
	m, err := smld.LoadModel(filepath.Join(dir, "model.safetensors"))
	if err != nil || !slices.Equal(m.Data.Classes, []string{"0", "7"}) {
		t.Errorf("classes %q, %v", m.Data.Classes, err)
	}
}

// TestLabelPartial: a training that is ended finds its labels again from any folder.
func TestLabelPartial(t *testing.T) {
	table, labels := labelledTable(t)
	t.Chdir(filepath.Dir(table))
	settings := &train{
		Data: filepath.Base(table), Out: filepath.Join(t.TempDir(), "m.safetensors"), Columns: []string{"a", "b"},
		labelFlags: labelFlags{Labels: filepath.Base(labels)},
		Batch:      8, Hidden: []int{6}, Levels: 4, Steps: 20, Seed: 1, Keep: 3, LogSteps: 100,
		Checkpoint: duration{time.Minute},
	}
	p, err := settings.prepare(false, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	p.trainer.Step()
	if err := settings.keepPartial(p.trainer, errors.New("stopped")); !strings.Contains(err.Error(), "goes on") {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	mustRun(t, "train", "--resume", settings.Out+".partial", "--out", settings.Out)
}

// TestLabelsOfNoFolder: a path that cannot be made absolute is an error.
func TestLabelsOfNoFolder(t *testing.T) {
	_, labels := labelledTable(t)
	gone := filepath.Join(filepath.Dir(labels), "gone")
	if err := os.Mkdir(gone, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(gone)
	if err := os.Remove(gone); err != nil {
		t.Skip("a folder in use stays here:", err)
	}
	f := &labelFlags{Labels: filepath.Join("..", filepath.Base(labels))}
	if _, err := filepath.Abs(f.Labels); err == nil || !f.file() {
		t.Skip("there is no such path here")
	}
	if err := f.absolute("x.npy"); err == nil || f.Labels == "" {
		t.Errorf("the labels are %q, %v", f.Labels, err)
	}
}

// TestLabelsOfSets: named sets have classes of their own.
func TestLabelsOfSets(t *testing.T) {
	dir := t.TempDir()
	model, out := filepath.Join(dir, "m.safetensors"), filepath.Join(dir, "out.npz")
	for _, c := range []struct {
		name    string
		classes int
	}{{"digits", 10}, {"2spirals", 2}, {"25gaussians", 25}} {
		name, classes := c.name, c.classes
		mustRun(t, "train", "--data", name, "--labels", "class", "--out", model, "--steps", "3", "--batch", "8", "--hidden", "8")
		mustRun(t, "sample", "--model", model, "--class", "all", "--sampler", "heun", "--levels", "5", "--n", "50", "--out", out,
			"--picture", filepath.Join(dir, "out.png"))
		labels, names, err := dataset.ReadLabels(out+":labels", 50)
		if err != nil || len(names) != classes {
			t.Fatalf("%s: classes %q, %v", name, names, err)
		}
		for i, label := range labels {
			if label != i%classes {
				t.Errorf("%s: sample %d has class %d", name, i, label)
			}
		}
	}
	fails(t, exitError, []string{"sample", "--model", model, "--class", "25", "--out", out}, "choose one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ..., 24, or all")
	mustRun(t, "train", "--data", "swissroll", "--out", model, "--steps", "3", "--batch", "8", "--hidden", "8")
	fails(t, exitError, []string{"sample", "--model", model, "--class", "1", "--out", out}, "has no classes; langevin train --labels makes a model that has")
}

func TestLabelErrors(t *testing.T) {
	table, labels := labelledTable(t)
	out := filepath.Join(t.TempDir(), "m.safetensors")
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{exitUsage, []string{"--data", table, "--label-dropout", "0.1"}, "--label-dropout does nothing without --labels"},
		{exitUsage, []string{"--data", table, "--labels", "kind", "--label-dropout=-1"}, "--label-dropout -1: want a share from 0 to 1"},
		{exitError, []string{"--data", table, "--labels", "color"}, `there is no column "color"; there are "a", "kind", "b" (--labels color is a column`},
		{exitError, []string{"--data", "swissroll", "--labels", "class"}, "swissroll has no classes"},
		{exitUsage, []string{"--data", "moons", "--labels", labels}, "they are --labels class"},
		{exitError, []string{"--data", "./table.npy", "--labels", labels}, "no file named"},
	} {
		fails(t, c.code, append([]string{"train", "--out", out}, c.args...), c.want)
	}
	if err := os.WriteFile(labels, []byte("1\n2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	fails(t, exitError, []string{"train", "--out", out, "--data", table, "--columns", "a,b", "--labels", labels}, "has 2 labels and there are 60 rows of data")
}

// TestClassesElsewhere: evaluations, likelihoods and completions take a class too, and are others for another.
func TestClassesElsewhere(t *testing.T) {
	dir := t.TempDir()
	model, out := filepath.Join(dir, "m.safetensors"), filepath.Join(dir, "x.csv")
	mustRun(t, "train", "--data", "2spirals", "--labels", "class", "--out", model, "--steps", "300", "--batch", "64", "--hidden", "16")
	for name, args := range map[string][]string{
		"eval":       {"eval", "--model", model, "--data", "2spirals", "--n", "40"},
		"likelihood": {"likelihood", "--model", model, "--data", "2spirals", "--n", "5", "--tolerance", "1e-3"},
		"inpaint":    {"inpaint", "--model", model, "--data", "2spirals", "--n", "3", "--hide", "1", "--levels", "5", "--out", out},
	} {
		seen := map[string]string{}
		for _, class := range []string{"", "0", "1"} {
			line := args
			if class != "" {
				line = append(slices.Clone(args), "--class", class)
			}
			result := mustRun(t, line...)
			if name == "inpaint" {
				text, err := os.ReadFile(out)
				if err != nil {
					t.Fatal(err)
				}
				result = string(text)
			}
			if other, ok := seen[result]; ok {
				t.Errorf("%s: class %q gives what class %q does", name, class, other)
			}
			seen[result] = class
		}
		fails(t, exitError, append(slices.Clone(args), "--class", "2"), "choose one of 0, 1")
	}
	fails(t, exitUsage, []string{"likelihood", "--model", model, "--data", "2spirals", "--class", "all"}, "one class")
}
