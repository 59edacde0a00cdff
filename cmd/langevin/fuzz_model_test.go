package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/safetensors"
)

// tableModel trains a model of a table with a column of each kind, for a step, and returns its file.
func tableModel(t testing.TB) *safetensors.File {
	dir := t.TempDir()
	data, model := filepath.Join(dir, "x.csv"), filepath.Join(dir, "m.safetensors")
	rows := strings.Repeat("1.5,red,3,0\n2.25,blue,5,0\n-4,red,4,0\n8,blue,3,0\n", 20)
	if err := os.WriteFile(data, []byte("width,colour,count,same\n"+rows), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--data", data, "--out", model, "--steps", "1", "--batch", "4", "--hidden", "4",
		"--levels", "3")
	f, err := safetensors.Load(model)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// useModel describes a model file and draws samples from it, as a text, an array and a picture. Whatever it
// holds, each command ends in a result or in one sentence.
func useModel(t *testing.T, dir, model string) {
	t.Helper()
	sample := []string{"sample", "--model", model, "--n", "3", "--levels", "2", "--quiet"}
	for _, args := range [][]string{
		{"info", model}, {"info", model, "--json"},
		append(sample, "--out", filepath.Join(dir, "x.csv")),
		append(sample, "--out", filepath.Join(dir, "x.npz"), "--picture", filepath.Join(dir, "x.png"), "--class",
			"all"),
		{"inpaint", "--model", model, "--data", filepath.Join(dir, "x.csv"), "--hide", "1", "--levels", "2",
			"--particles", "2", "--sweeps", "1",
			"--quiet", "--out", filepath.Join(dir, "y.csv")},
	} {
		code, _, stderr := command(args...)
		said := complaints(stderr)
		if code != 0 && (strings.Count(said, "\n") != 1 || stderr != said) {
			t.Errorf("%v: code %d, stderr %q, want one line", args, code, stderr)
		}
	}
}

// wildModels are what metadata of a model may say that is not so, by their keys.
var wildModels = []map[string]string{
	{"langevin.data": `{"name":"x","shape":[4],"classes":["a","b"]}`, "langevin.conditions": "2"},
	{"langevin.data": `{"name":"a\nb","shape":[2,2]}`, "langevin.encoding": ""},
	{"langevin.data": `{"name":"x","shape":[2,2],"low":1e38,"high":-1e38}`},
	{"langevin.preconditioning": "bounded", "langevin.data": `{"shape":[4],"low":0,"high":1}`},
	{"langevin.augment_labels": "3"},
	{"langevin.encoding": `{"coordinates":null}`},
}

// wildEncodings are changes of what an encoding says.
var wildEncodings = [][2]string{
	{`"is":1`, `"is":7`}, {`"is":1`, `"is":-1`}, {`"is":1`, `"is":0.5`}, {`"is":1`, `"is":1e300`},
	{`"kind":"number"`, `"kind":"category"`}, {`"kind":"category"`, `"kind":"number"`}, {`"kind":"integer"`,
		`"kind":"none"`},
	{`"categories":["blue","red"]`, `"categories":["red"]`}, {`"categories":["blue","red"]`,
		`"categories":[]`},
	{`"low":`, `"low":-`}, {`"high":`, `"high":9e307`}, {`"name":"width"`, `"name":"a\nb"`},
	{`"name":"width"`, `"name":"colour"`},
	{`"scale":`, `"scale":1e-300`}, {`"mean":`, `"mean":1e308`}, {`"step":1`, `"step":1e-300`},
	{`"decimals":2`, `"decimals":6`},
	{`"columns":`, `"image":{"height":1000000,"width":1000000,"channels":3},"columns":`},
	{`"columns":[`, `"image":{"Height":2,"Width":2,"Channels":1},"none":[`},
	{`"columns":[`, `"image":{"Height":-2,"Width":-2,"Channels":1},"none":[`},
	{`"columns":[`, `"image":{"Height":4,"Width":1,"Channels":1},"none":[`},
	{`"column":0`, `"column":1`}, {`"column":3`, `"column":2`}, {`"tail":true`, `"tail":false`},
	{`"coordinates":[`, `"range":[0,1],"coordinates":[`},
}

// TestWildModels uses models whose metadata say what is not so.
func TestWildModels(t *testing.T) {
	f, dir := tableModel(t), t.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	use := func(changes map[string]string) {
		file := &safetensors.File{Metadata: maps.Clone(f.Metadata), Tensors: f.Tensors}
		for key, value := range changes {
			if file.Metadata[key] = value; value == "" {
				delete(file.Metadata, key)
			}
		}
		if err := safetensors.Save(path, file); err != nil {
			t.Fatal(err)
		}
		useModel(t, dir, path)
	}
	use(nil)
	for _, changes := range wildModels {
		use(changes)
	}
	encoding := f.Metadata["langevin.encoding"]
	for _, c := range wildEncodings {
		for _, n := range []int{1, -1} {
			use(map[string]string{"langevin.encoding": strings.Replace(encoding, c[0], c[1], n)})
		}
	}
}

// FuzzModel uses models with arbitrary metadata.
func FuzzModel(f *testing.F) {
	good := tableModel(f)
	data, encoding := good.Metadata["langevin.data"], good.Metadata["langevin.encoding"]
	f.Add("edm", data, encoding, "", "")
	for _, m := range wildModels {
		f.Add(m["langevin.preconditioning"], m["langevin.data"], m["langevin.encoding"],
			m["langevin.augment_labels"], m["langevin.conditions"])
	}
	for _, c := range wildEncodings {
		f.Add("linear", data, strings.Replace(encoding, c[0], c[1], 1), "", "")
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	f.Fuzz(func(t *testing.T, form, data, encoding, labels, conditions string) {
		file := &safetensors.File{Metadata: map[string]string{"langevin.model": "2"}, Tensors: good.Tensors}
		for key, value := range map[string]string{
			"langevin.preconditioning": form, "langevin.data": data, "langevin.encoding": encoding,
			"langevin.augment_labels": labels, "langevin.conditions": conditions,
		} {
			if value != "" {
				file.Metadata[key] = value
			}
		}
		var b bytes.Buffer
		if safetensors.Encode(&b, file) != nil {
			t.Skip() // what is no text cannot be in a file
		}
		if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		useModel(t, dir, path)
	})
}
