package main

import (
	"bytes"
	"image/gif"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
)

// TestPictures draws every kind twice, and in each format that it has. A second run has the same bytes.
func TestPictures(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, file("table.csv"), "a,b,c\n1,2,x\n2,4,y\n3,5,x\n4,9,y\n5,7,x\n6,8,y\n7,3,x\n8,1,y\n")
	writeFile(t, file("whole.csv"), "a,b\n1,20\n2,41\n3,57\n4,93\n5,72\n6,84\n7,35\n8,16\n")
	plane, digits, table, whole, run := file("p.st"), file("d.st"), file("t.st"), file("w.st"), file("run")
	mustRun(t, append([]string{"train", "--data", "moons", "--dir", run, "--out", plane, "--log-steps", "3"}, fewSteps...)...)
	mustRun(t, append([]string{"train", "--data", "digits", "--labels", "class", "--out", digits}, fewSteps...)...)
	mustRun(t, append([]string{"train", "--data", file("table.csv"), "--out", table}, fewSteps...)...)
	mustRun(t, append([]string{"train", "--data", file("whole.csv"), "--out", whole}, fewSteps...)...)
	levels := []string{"--sampler", "heun", "--levels", "5"}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"a.png", []string{"picture", "samples", "--model", plane, "--n", "30"}},
		{"a.svg", []string{"picture", "samples", "--model", plane, "--n", "30", "--title", "a title"}},
		{"b.png", []string{"picture", "samples", "--model", digits, "--class", "all", "--n", "20"}},
		{"c.png", []string{"picture", "samples", "--model", table, "--data", file("table.csv"), "--n", "20"}},
		{"d.svg", []string{"picture", "field", "--model", plane, "--sigma", "0.5"}},
		{"o.png", []string{"picture", "field", "--model", whole, "--data", file("whole.csv")}},
		{"p.gif", append([]string{"picture", "flow", "--model", whole, "--data", file("whole.csv"), "--n", "20"}, levels...)},
		{"e.png", append([]string{"picture", "trajectories", "--model", plane}, levels...)},
		{"f.gif", append([]string{"picture", "flow", "--model", plane, "--n", "20"}, levels...)},
		{"g.gif", append([]string{"picture", "flow", "--model", digits, "--class", "all", "--n", "20"}, levels...)},
		{"h.png", []string{"picture", "noise", "--data", "moons", "--n", "50"}},
		{"i.png", []string{"picture", "denoised", "--model", plane, "--n", "50"}},
		{"j.svg", []string{"picture", "neighbours", "--model", digits, "--data", "digits", "--n", "3"}},
		{"k.png", []string{"picture", "loss", "--run", run}},
		{"l.svg", []string{"picture", "held-out", "--run", run}},
		{"m.svg", append([]string{"sample", "--model", plane, "--n", "20", "--data", "moons"}, levels...)},
		{"n.gif", append([]string{"sample", "--model", plane, "--n", "20"}, levels...)},
	} {
		path := file(c.name)
		args := append(c.args, "--out", path, "--quiet")
		mustRun(t, args...)
		first := content(t, path)
		mustRun(t, args...)
		if !bytes.Equal(first, content(t, path)) {
			t.Errorf("%s: a second run has other bytes", c.name)
		}
		var err error
		switch filepath.Ext(path) {
		case ".png":
			_, err = png.Decode(bytes.NewReader(first))
		case ".gif":
			var g *gif.GIF
			if g, err = gif.DecodeAll(bytes.NewReader(first)); err == nil && (len(g.Image) < 2 || g.Delay[len(g.Delay)-1] < 100) {
				t.Errorf("%s: %d frames, the last one for %d hundredths of a second", c.name, len(g.Image), g.Delay[len(g.Delay)-1])
			}
		default:
			if !strings.HasPrefix(string(first), "<?xml") || !strings.HasSuffix(string(first), "</svg>\n") {
				t.Errorf("%s is no SVG", c.name)
			}
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, name := range []string{"loss.png", "held-out.png"} {
		if _, err := png.Decode(bytes.NewReader(content(t, filepath.Join(run, name)))); err != nil {
			t.Errorf("%s of the run: %v", name, err)
		}
	}
}

// TestPictureErrors: what cannot be drawn is one sentence, and leaves no file.
func TestPictureErrors(t *testing.T) {
	dir := t.TempDir()
	plane, table := filepath.Join(dir, "p.st"), filepath.Join(dir, "t.st")
	mustRun(t, append([]string{"train", "--data", "moons", "--out", plane}, fewSteps...)...)
	writeFile(t, filepath.Join(dir, "x.csv"), "a,b,c\n1,2,3\n2,4,5\n3,5,1\n4,9,2\n")
	mustRun(t, append([]string{"train", "--data", filepath.Join(dir, "x.csv"), "--out", table}, fewSteps...)...)
	out, gif := filepath.Join(dir, "y.png"), filepath.Join(dir, "y.gif")
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{exitUsage, "needs --model", []string{"field", "--out", out}},
		{exitUsage, "needs --data", []string{"noise", "--out", out}},
		{exitUsage, "needs --run", []string{"loss", "--out", out}},
		{exitUsage, "end the name in .gif", []string{"flow", "--model", plane, "--out", out}},
		{exitUsage, "end the name in .png", []string{"samples", "--model", plane, "--out", gif}},
		{exitUsage, "--sigma does nothing", []string{"samples", "--model", plane, "--sigma", "1", "--out", out}},
		{exitUsage, "--model does nothing", []string{"noise", "--model", plane, "--data", "moons", "--out", out}},
		{exitUsage, "--sampler does nothing", []string{"field", "--model", plane, "--sampler", "heun", "--out", out}},
		{exitUsage, "--levels does nothing", []string{"denoised", "--model", plane, "--levels", "7", "--out", out}},
		{exitUsage, "numbers above zero", []string{"field", "--model", plane, "--sigma", "0.1,0", "--out", out}},
		{exitUsage, "--train-steps does nothing", []string{"field", "--model", plane, "--train-steps", "4", "--out", out}},
		{exitUsage, "no sampler", []string{"flow", "--model", plane, "--sampler", "none", "--out", gif}},
		{exitUsage, "leave out both", []string{"flow", "--model", plane, "--class", "1", "--guidance", "0", "--out", gif}},
		{exitError, "want points of the plane", []string{"field", "--model", table, "--out", out}},
		{exitError, "want points of the plane", []string{"flow", "--model", table, "--out", gif}},
		{exitError, "want points of the plane", []string{"noise", "--data", "digits", "--out", out}},
		{exitError, "no run directory", []string{"held-out", "--run", dir, "--out", out}},
	} {
		code, stdout, stderr := command(append([]string{"picture"}, c.args...)...)
		if line := complaints(stderr); code != c.code || stdout != "" || !strings.Contains(line, c.want) || strings.Count(line, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q, want one line with %q", c.args, code, stderr, c.want)
		}
	}
	for _, c := range [][]string{
		{"sample", "--model", plane, "--out", filepath.Join(dir, "y.npy"), "--data", "moons"},
		{"sample", "--model", plane, "--out", out, "--header", "yes"},
	} {
		if code, _, stderr := command(c...); code != exitUsage {
			t.Errorf("%v: code %d, %s", c, code, stderr)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "y.*")); len(left) > 0 {
		t.Errorf("there are %v", left)
	}
}
