package smld

import (
	"bytes"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/safetensors"
)

// TestModelFile: a model survives its file, and equal models give equal bytes.
func TestModelFile(t *testing.T) {
	m, _ := ncsnModel(t, 6, 5)
	m.Preconditioning = NCSNv2
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one.safetensors"), filepath.Join(dir, "two.safetensors")
	if err := m.Save(one); err != nil {
		t.Fatal(err)
	}
	back, err := LoadModel(one)
	if err != nil {
		t.Fatal(err)
	}
	rest := *back
	rest.Net = m.Net // which counts its changes, too
	if !sameNetwork(back.Net, m.Net) || !slices.Equal(back.Net.Block, m.Net.Block) ||
		!reflect.DeepEqual(&rest, m) {
		t.Errorf("model %+v comes back as %+v", m, back)
	}
	if err := back.Save(two); err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(two)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("the same model gives two different files")
	}
}

func TestModelFileErrors(t *testing.T) {
	m, _ := ncsnModel(t, 6, 5)
	path := filepath.Join(t.TempDir(), "model.safetensors")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	good, err := safetensors.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want  string
		spoil func(f *safetensors.File)
	}{
		{`"" as langevin.model`, func(f *safetensors.File) { f.Metadata = nil }},
		{`no preconditioning "vp"`, func(f *safetensors.File) { f.Metadata[formKey] = "vp" }},
		{"broken langevin.data", func(f *safetensors.File) { f.Metadata[dataKey] = "{" }},
		{"shape [3] in its metadata", func(f *safetensors.File) { f.Metadata[dataKey] = `{"shape":[3]}` }},
		{"shape [2 4611686018427387905] in its metadata", func(f *safetensors.File) {
			f.Metadata[dataKey] = `{"shape":[2,4611686018427387905]}`
		}},
		{`"data.mean"`, func(f *safetensors.File) { f.Tensors[0].Name = "mean" }},
		{`"data.std" is [-1]`, func(f *safetensors.File) { f.Tensors[1].Data = []float32{-1} }},
		{"levels must fall", func(f *safetensors.File) { f.Tensors[2].Data[1] = 50 }},
		{"no noise levels", func(f *safetensors.File) {
			f.Tensors[2].Data, f.Tensors[2].Shape = nil, []int{0}
		}},
		{`element 3 of tensor "net.0.weight" is NaN`, func(f *safetensors.File) {
			f.Tensors[3].Data[3] = float32(math.NaN())
		}},
		{"of 0 numbers need 9 and 1", func(f *safetensors.File) {
			f.Tensors[0].Data, f.Tensors[0].Shape = []float32{1}, []int{1}
		}},
		{`"-1" as langevin.augment_labels`, func(f *safetensors.File) { f.Metadata[augmentKey] = "-1" }},
		{"dimension 2 with 3 augment labels and conditions of 0", func(f *safetensors.File) {
			f.Metadata[augmentKey] = "3"
		}},
	} {
		f := &safetensors.File{Metadata: maps.Clone(good.Metadata)}
		for _, tensor := range good.Tensors {
			tensor.Data = append([]float32(nil), tensor.Data...)
			f.Tensors = append(f.Tensors, tensor)
		}
		c.spoil(f)
		if err := safetensors.Save(path, f); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadModel(path); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}
