package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/hostile"
	"github.com/seed964deb49/langevin/internal/parts"
)

// oneLine fails the test unless an error, if there is one, is one line.
func oneLine(t *testing.T, err error) {
	t.Helper()
	if err != nil && strings.Contains(err.Error(), "\n") {
		t.Errorf("the error has more than one line: %q", err)
	}
}

// readSettings reads settings in every way that the command does: as --config and as those of a run.
func readSettings(t *testing.T, text []byte, flags []*kong.Flag) {
	t.Helper()
	hostile.Read(t, len(text), hostile.Texts, func() {
		resolver, err := readConfig(bytes.NewReader(text))
		oneLine(t, err)
		if err == nil {
			for _, flag := range flags {
				_, err := resolver.Resolve(nil, nil, flag)
				oneLine(t, err)
			}
		}
		s, err := parseSettings("config.json", text)
		oneLine(t, err)
		if err != nil {
			return
		}
		var settings, again train
		err = s.fill(&settings)
		oneLine(t, err)
		if err != nil {
			return
		}
		oneLine(t, settings.checkRun())
		written, err := json.Marshal(&settings)
		if err != nil {
			return // numbers that JSON cannot have
		}
		if s, err = parseSettings("again.json", written); err == nil {
			err = s.fill(&again)
		}
		if err == nil && !reflect.DeepEqual(&again, &settings) {
			t.Errorf("%s comes back as %+v, want %+v", written, again, settings)
		}
	})
}

// trainFlags are the flags of train.
func trainFlags() []*kong.Flag {
	var into commands
	for _, node := range newParser(&into, nil, nil).Model.Children {
		if node.Name == "train" {
			return node.Flags
		}
	}
	panic("no command train")
}

// FuzzSettings reads arbitrary bytes as settings. What is read and written comes back.
func FuzzSettings(f *testing.F) {
	for _, path := range []string{"testdata/run/config.json", "../../docs/configs/*.json"} {
		files, err := filepath.Glob(path)
		if err != nil || len(files) == 0 {
			f.Fatal(files, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	for _, text := range []string{
		"\ufeff{}", `{"steps": 1e400}`, `{"steps": 9223372036854775808}`, `{"hidden": [1,2,`,
		`{"hidden": null}`, `{"rate": -1}`,
		`{"checkpoint": "1h"}`, `{"checkpoint": "9999999h"}`, `{"columns": ["a","b\n"]}`,
		`{"data": "\ud800"}`, `{"out": "a", "dir": "b"}`,
		`{"seed": 18446744073709551615}`, `{"ema": 1e-400}`, `{"scale": "x"}`, `{} {}`, `[]`,
		"{\"data\": {\"a\":\n[1]}}",
	} {
		f.Add([]byte(text))
	}
	flags := trainFlags()
	f.Fuzz(func(t *testing.T, text []byte) { readSettings(t, text, flags) })
}

// TestHostileSettings reads settings that are made to cost memory or time.
func TestHostileSettings(t *testing.T) {
	const n = 1 << 20
	var names strings.Builder
	for i := range n / 12 {
		fmt.Fprintf(&names, "\"%d\":0,\n", i)
	}
	flags := trainFlags()
	for what, text := range map[string]string{
		"many names":   "{" + names.String() + `"x":0}`,
		"nested":       `{"hidden":` + strings.Repeat("[", n),
		"nested names": strings.Repeat(`{"hidden":`, n/10),
		"a long list":  `{"hidden":[` + strings.Repeat("1,", n/2) + `1]}`,
		"a long text":  `{"data":"` + strings.Repeat("x", n) + `"}`,
		"escapes":      `{"data":"` + strings.Repeat(`\u0000`, n/6) + `"}`,
		"a long name":  `{"` + strings.Repeat("x", n) + `":1}`,
		"a number":     `{"steps":` + strings.Repeat("9", n) + `}`,
		"lines":        strings.Repeat("\n", n) + `{"steps":"x"}`,
		"texts":        `{"columns":[` + strings.Repeat(`"",`, n/3) + `""]}`,
	} {
		t.Run(what, func(t *testing.T) {
			begun := time.Now()
			readSettings(t, []byte(text), flags)
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("%d bytes take %v", len(text), took)
			}
		})
	}
}

// readMetrics reads the metrics of a run as info and --resume do. What is cut is cut, and all lines that are
// left are whole.
func readMetrics(t *testing.T, d *runDir, text []byte, step int) {
	t.Helper()
	if err := os.WriteFile(d.metrics(), text, 0o666); err != nil {
		t.Fatal(err)
	}
	hostile.Read(t, len(text), hostile.Texts, func() {
		if _, err := d.lastLoss(); err != nil {
			t.Error(err)
		}
		if err := d.cutMetrics(step); err != nil {
			t.Error(err)
		}
	})
	left, err := os.ReadFile(d.metrics())
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(left)) {
		var m metricsLine
		if json.Unmarshal([]byte(line), &m) != nil || m.Step > step || !strings.HasSuffix(line, "\n") {
			t.Errorf("%q is left of the metrics until step %d", line, step)
		}
	}
}

// FuzzMetrics reads arbitrary bytes as the metrics of a run.
func FuzzMetrics(f *testing.F) {
	for _, text := range []string{
		"{\"step\":5,\"loss\":1.5,\"batches\":5,\"rate\":0.1,\"seconds\":1}\n{\"step\":10}\n", "{\"step\":5}",
		"\n", "{\"step\":1e9}\r\n{}\n",
		"{\"step\":1,\"held_out\":[{\"sigma\":1,\"loss\":null}]}\nnull\n",
		"{\"loss\":1e999}\n{\"step\":-3,\"loss\":0}\n",
	} {
		f.Add([]byte(text), 7)
	}
	d := &runDir{path: f.TempDir()}
	f.Fuzz(func(t *testing.T, text []byte, step int) { readMetrics(t, d, text, step) })
}

// TestHostileMetrics reads metrics that are made to cost memory or time.
func TestHostileMetrics(t *testing.T) {
	const n = 1 << 20
	d := &runDir{path: t.TempDir()}
	for _, text := range []string{
		strings.Repeat("{}\n", n/3), strings.Repeat("\n", n), strings.Repeat("x", n), strings.Repeat("[", n),
		strings.Repeat("{\"step\":", n/8),
		`{"held_out":[` + strings.Repeat("{},", n/3) + "{}]}\n", strings.Repeat("{\"loss\":1}\n", n/11),
		strings.Repeat("null\n", n/5),
	} {
		readMetrics(t, d, []byte(text), 3)
	}
}

// FuzzInfo describes files of arbitrary bytes, which may be of any kind.
func FuzzInfo(f *testing.F) {
	for _, path := range []string{"testdata/points.npy", "testdata/run/checkpoints/0000000005.safetensors"} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, filepath.Ext(path))
	}
	f.Add([]byte("a,b\n1,x\n,y\n"), ".csv")
	f.Add([]byte("{}"), ".json")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, ending string) {
		if ending != ".npy" && ending != ".csv" && ending != ".idx" {
			ending = ".safetensors"
		}
		path := filepath.Join(dir, "x"+ending)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, inJSON := range []bool{false, true} {
			var out bytes.Buffer
			err := (&info{File: path, JSON: inJSON}).Run(&console{out: &out})
			oneLine(t, err)
			if (err == nil) != (out.Len() > 0) {
				t.Errorf("error %v, and %q is printed", err, &out)
			}
			if err == nil && inJSON && !json.Valid(out.Bytes()) {
				t.Errorf("%q is no JSON", &out)
			}
		}
	})
}

// FuzzArguments parses the arguments that a part has.
func FuzzArguments(f *testing.F) {
	for _, text := range []string{"sample\x00--n=9\x00--out\x00x.npy", "--help", "sample\x00--help",
		"merge\x00x\x00--\x00-n", "train\x00--config\x00", "\x00", "--", "eval\x00--n\x00-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		args := strings.Split(text, "\x00")
		for _, arg := range args {
			if strings.HasPrefix(arg, "--config") {
				t.Skip() // a file of any name
			}
		}
		line, err := parseAgain(args)
		if (line == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", args, line, err)
		}
	})
}

// TestMergeOfHelp: a part whose command line asks for help, which none has that was written, is an error.
func TestMergeOfHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"sample", "--help"}, {"version"}} {
		dir := t.TempDir()
		h := &parts.Header{Run: json.RawMessage("{}"), Arguments: args, Shards: 1, Cols: 1}
		if err := parts.Write(dir, h, func(*parts.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
		fails(t, exitError, []string{"merge", dir}, dir)
	}
}
