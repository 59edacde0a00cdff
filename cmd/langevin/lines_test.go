package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// linesOf returns the command lines of a text, without the name of the command: of blocks that are indented
// or fenced, lines that begin with it, and of sentences what stands in backticks with flags.
func linesOf(text string) (lines [][]string) {
	add := func(line string) {
		line, _, _ = strings.Cut(line, " #")
		line, _, _ = strings.Cut(line, " | ")
		for _, name := range []string{"langevin ", "go run ./cmd/langevin "} {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), name); ok {
				lines = append(lines, strings.Fields(rest))
			}
		}
	}
	for line := range strings.Lines(text) {
		add(line)
	}
	for i, part := range strings.Split(strings.ReplaceAll(text, "\n", " "), "`") {
		if i%2 == 1 && strings.Contains(part, " ") {
			add(part)
		}
	}
	return lines
}

// TestDocumentedLines: every command line in the documentation is one, whether or not its files are there.
func TestDocumentedLines(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	found := 0
	t.Chdir(filepath.Join("..", "..")) // where the lines find docs/configs
	for _, f := range append(files, filepath.Join("..", "..", "README.md")) {
		f = strings.TrimPrefix(f, filepath.Join("..", "..")+string(filepath.Separator))
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range linesOf(string(text)) {
			if line = slices.DeleteFunc(line, func(word string) bool { return word == "..." }); parsable(line) {
				found++
				if err := parses(line); err != nil {
					t.Errorf("%s: langevin %s: %v", f, strings.Join(line, " "), err)
				}
			}
		}
	}
	for _, shown := range examples {
		for _, line := range shown {
			if err := parses(strings.Fields(line)[1:]); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d lines", found)
	}
	for _, wrong := range []string{"train --dataa x", "sample --model m --sampler none", "likelihood --n"} {
		if parses(strings.Fields(wrong)) == nil {
			t.Errorf("langevin %s parses", wrong)
		}
	}
}

// parsable tells whether a line is more than a mention of a command, such as langevin COMMAND --help or one
// without what it needs.
func parsable(line []string) bool {
	return len(line) > 1 && line[0] == strings.ToLower(line[0]) && !slices.Contains(line, "NAME")
}

// parses returns the error of parsing a command line. What a line in a sentence leaves out does not count.
func parses(line []string) (err error) {
	defer func() {
		if r := recover(); r != nil && r != exit(0) { // --help
			panic(r)
		}
	}()
	line = slices.Clone(line)
	for i, word := range line {
		if strings.HasSuffix(word, ".json") && i > 0 && line[i-1] == "--config" {
			if _, err := os.Stat(word); err != nil { // of a run that is not there
				line = slices.Delete(line, i-1, i+1)
				break
			}
		}
	}
	_, err = newParser(&commands{}, io.Discard, io.Discard).Parse(line)
	if err != nil && strings.Contains(err.Error(), "missing flags") {
		return nil
	}
	return err
}

// TestExamples runs the examples of the help and the tour of docs/command.md, with few steps and samples.
func TestExamples(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "command.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, tour, _ := strings.Cut(string(page), "\n## A tour\n")
	tour, _, _ = strings.Cut(tour, "\n\nData is ")
	var lines [][]string
	for _, command := range []string{"train", "sample", "eval", "likelihood", "inpaint", "picture", "sweep", "merge", "info"} {
		for _, line := range examples[command] {
			lines = append(lines, strings.Fields(line)[1:])
		}
	}
	start := linesOf(tour)
	if len(start) < 11 || len(lines) < 15 {
		t.Fatalf("%d lines of the tour, %d of the help", len(start), len(lines))
	}
	for name, lines := range map[string][][]string{"tour": start, "help": lines} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeTables(t)
			for _, line := range lines {
				if line[0] == "demo" {
					continue // which takes no steps, see TestDemo
				}
				var stdout, stderr bytes.Buffer
				if code := run(shortened(line), &stdout, &stderr); code != 0 {
					t.Errorf("langevin %s: code %d, %s", strings.Join(line, " "), code, &stderr)
				}
				for i, word := range line[1:] {
					if slices.Contains(line, "--shard") {
						break // whose part is not the output
					}
					if slices.Contains([]string{"--out", "--picture", "--trajectory", "--dir"}, line[i]) {
						if _, err := os.Stat(word); err != nil {
							t.Errorf("langevin %s: %v", strings.Join(line, " "), err)
						}
					}
				}
			}
		})
	}
}

// TestDemo runs the demo, with few steps.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var out bytes.Buffer
	c := &console{ctx: t.Context(), out: &out, log: io.Discard, warn: io.Discard}
	if err := (&demo{Out: dir, Seed: 1, steps: 2}).Run(c); err != nil || !strings.Contains(out.String(), "samples.png") {
		t.Errorf("%v, %s", err, &out)
	}
	for _, name := range []string{"model.safetensors", "samples.npy", "samples.png", "loss.png"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// writeTables writes the tables that the examples take, one of them with holes.
func writeTables(t *testing.T) {
	whole, holes := "height,weight\n", "height,weight\n"
	for i := range 2000 {
		row := fmt.Sprintf("%d.%d,%d.%d\n", 150+i*i%41, i%10, 50+i*i%37, i%7)
		if whole += row; i < 3 {
			holes += row[:strings.Index(row, ",")+1] + "\n"
		}
	}
	rates := `{"rate": [0.001, 0.002], "steps": [3], "batch": [8], "hidden": [[6]]}`
	for name, text := range map[string]string{"people.csv": whole, "holes.csv": holes, "rates.json": rates} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// shortened returns a command line that takes a moment: with small numbers in the place of its own.
func shortened(line []string) []string {
	line = slices.Clone(line)
	small := map[string][]string{
		"sample": {"--n", "20"}, "eval": {"--n", "60", "--sampler", "heun"}, "likelihood": {"--n", "3", "--tolerance", "1e-2"},
		"inpaint": {"--levels", "4", "--particles", "2", "--sweeps", "1"},
		"picture": {"--train-steps", "3"},
		"train":   {"--steps", "3", "--batch", "8", "--hidden", "6"},
	}[line[0]]
	switch {
	case line[0] == "train" && slices.Contains(line, "--resume"):
		small = nil
	case line[0] == "picture" && !slices.Contains(line, "--train-steps"):
		small = nil
	case slices.Contains(line, "--exact"):
		small = []string{"--n", "200", "--repeats", "1", "--data", "2gaussians", "--sampler", "heun"}
	case line[0] == "inpaint" && slices.Contains(line, "--hide"):
		small = append(small, "--n", "2")
	}
	for i := 0; i < len(small); i += 2 {
		if at := slices.Index(line, small[i]); at >= 0 {
			line[at+1] = small[i+1]
		} else {
			line = append(line, small[i:i+2]...)
		}
	}
	return line
}
