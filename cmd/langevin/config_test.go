package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestBrokenConfig: a broken file of settings is named, with the place and what is wanted, as --config and in a run directory.
func TestBrokenConfig(t *testing.T) {
	in := t.TempDir()
	file, dir, out := filepath.Join(in, "config.json"), in, filepath.Join(in, "m.st")
	for _, c := range []struct{ text, want string }{
		{"", "ends before"},
		{`{"data": "moons"`, "ends before"},
		{"{\n\"data\": moons}", "line 2: broken settings"},
		{"{\n\"data\": \"moons\",\n\n}", "broken settings"},
		{"[1, 2]", "no object"},
		{"3", "no object"},
		{`{"data": "moons"} {}`, "more after the settings"},
		{`{"data": "moons"} x`, "more after the settings"},
		{"{\"seed\": 1,\n\"seed\": 2}", `line 2: "seed" is there twice, first in line 1`},
		{"{\n\"steps\": \"many\"}", `line 2: "steps" is "many": want a whole number`},
		{`{"steps": 1.5}`, `"steps" is 1.5: want a whole number`},
		{`{"steps": 99999999999999999999}`, "want a whole number"},
		{`{"steps": null}`, "want a whole number"},
		{`{"seed": -1}`, "want a whole number from 0 on"},
		{`{"rate": "x"}`, "want a number above zero"},
		{`{"rate": 1e999}`, "want a number above zero"},
		{`{"rate": -1}`, "want a number above zero"},
		{`{"clip": 1e999}`, "want a number"},
		{`{"warm-up": 2.5}`, "want a whole number"},
		{`{"ema": null}`, "want a number"},
		{`{"hidden": null}`, "want a list of whole numbers"},
		{`{"columns": "x"}`, "want a list of texts in quotes"},
		{"{\n\n\"noise\": \"loud\"}", `line 3: "noise" is "loud": want one of auto, levels`},
		{`{"draws": 3}`, `no flag --draws for "draws"`},
		{`{"resume": "x"}`, `no flag --resume for "resume"`},
		{`{"residual": 1}`, "want true or false"},
		{`{"hidden": 7}`, "want a list of whole numbers"},
		{`{"hidden": [7, "x"]}`, "want a list of whole numbers"},
		{`{"data": 7}`, "want a text in quotes"},
		{`{"checkpoint": 60}`, `want a time such as "1m30s"`},
		{`{"checkpoint": "soon"}`, `want a time such as "1m30s"`},
		{`{"data": {"a": 1}}`, "want a text in quotes"},
		{`{"stepz": 1}`, `no flag --stepz for "stepz"`},
		{"{\"data\": \"m\xff\"}", "not in UTF-8"},
		{"\xff\xfe{\x00}\x00", "not in UTF-8"},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"--config", file, "--out", out, "--steps", "2", "--hidden", "4"}, {"--resume", dir}} {
			code, stdout, stderr := command(append([]string{"train"}, args...)...)
			if code != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, file) || !strings.Contains(stderr, c.want) ||
				strings.Contains(stderr, "Go ") {
				t.Errorf("%q by %s: code %d, %q, want one line with %q", c.text, args[0], code, stderr, c.want)
			}
		}
	}
	if err := os.WriteFile(file, []byte("\ufeff{\"data\": \"moons\", \"hidden\": [ 4,\n5 ], \"steps\": 2, \"batch\": 3, \"levels\": 3, \"checkpoint\": \"2m\"}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--config", file, "--out", out)
}

// TestSettingsOfTables: how a table is read and which columns are taken comes back from settings, in a run
// too.
func TestSettingsOfTables(t *testing.T) {
	in := t.TempDir()
	data, dir, again := filepath.Join(in, "x.csv"), filepath.Join(in, "run"), filepath.Join(in, "again")
	text := "\"a,b\";c;d\n"
	for i := range 30 {
		text += fmt.Sprintf("%d;%d;%d\n", i, i*i%7, i*i%11)
	}
	if err := os.WriteFile(data, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, tinyRun(dir, data, "--steps", "7", "--delimiter", ";", "--header", "yes", "--columns", `a\,b,d`)...)
	mustRun(t, "train", "--resume", dir)
	mustRun(t, "train", "--config", filepath.Join(dir, "config.json"), "--dir", again)
	model := "model.safetensors"
	if hash(t, filepath.Join(dir, model)) != hash(t, filepath.Join(again, model)) {
		t.Error("the settings of a run give another one")
	}
}

// TestNamesOfAnyBytes: file names that are no UTF-8 reach the file system as they are; a model's description is UTF-8.
func TestNamesOfAnyBytes(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("names have an encoding here")
	}
	in := t.TempDir()
	data, out := filepath.Join(in, "d\xffta.npy"), filepath.Join(in, "m\xff.st")
	table(t, data, false)
	mustRun(t, "train", "--data", data, "--out", out, "--steps", "2", "--batch", "3", "--hidden", "4", "--levels", "3")
	model, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(model), "d\ufffdta") || strings.Contains(string(model), "d\\u") {
		t.Errorf("the model begins with %.300q", model)
	}
	fails(t, exitError, tinyRun(filepath.Join(in, "run"), data), "not in UTF-8")
}
