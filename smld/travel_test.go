package smld

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

var update = flag.Bool("update", false,
	"write testdata/*.safetensors anew; testdata/scores.py evaluates them")

// traveller returns the model in testdata/NAME.safetensors, which amd64 wrote. Its parameters are multiples
// of 2^-24 from -1/2 up to 1/2 that use every byte of a float32.
func traveller(t *testing.T, name Preconditioning) *Model {
	m := &Model{
		Preconditioning: name, Mean: []float32{0.7, -1.3}, Std: 2.1, Sigmas: []float32{20, 5.5, 1.3, 0.4},
		Data: Description{Name: "two <moons> 🌙", Shape: []int{2}, Low: -4.25, High: 1e-3},
	}
	var err error
	if name == EDM {
		m.Net, err = mlp.New(2+levelFeatures, 8, 8, 2)
	} else {
		m.Net, err = mlp.NewResidual(2+levelFeatures, 8, 8, 8, 2)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Net.Block {
		m.Net.Block[i] = float32(int32(uint32(i)*0x9e3779b9>>8)-1<<23) * 0x1p-24
	}
	return m
}

// TestTravel reads models that amd64 wrote and evaluates them. It compares them with NumPy, which read the
// same files, and with recorded bits. Then it writes the files again.
func TestTravel(t *testing.T) {
	var golden struct {
		X      []float32
		Sigmas []float32
		Scores map[string][]float64 // for each noise level the scores at the points
	}
	for _, c := range []struct {
		name Preconditioning
		bits []uint32 // of the scores
	}{
		{EDM, []uint32{
			0x3c5b11fd, 0xbc62c71e, 0xbad6fa57, 0xbbcd2c81, 0x3bbd9a6b, 0x3a8f77ee,
			0x3fd63c9f, 0xbfb48279, 0x3e1b3489, 0xbf10b680, 0x3f3e5a98, 0x3d0f3eac,
		}},
		{NCSNv2, []uint32{
			0xbcb9ae9d, 0xbd2e30b4, 0xbc93e387, 0x3c5ea615, 0x3b390702, 0xbc377db6,
			0xbeebb3d2, 0xbf3aca22, 0xbea88f37, 0x3eff5ca7, 0x3d8f3002, 0x3de480e8,
		}},
	} {
		path, want := filepath.Join("testdata", string(c.name)+".safetensors"), traveller(t, c.name)
		if *update {
			if err := want.Save(path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		text, err := os.ReadFile("testdata/scores.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &golden); err != nil {
			t.Fatal(err)
		}
		m, err := LoadModel(path)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(m, want) {
			t.Errorf("%s: read %+v with network %+v, want %+v with %+v", path, *m, *m.Net, *want, *want.Net)
		}
		x := kernels.Matrix{Rows: len(golden.X) / 2, Cols: 2, Stride: 2, Data: golden.X}
		scores := kernels.NewMatrix(len(golden.Sigmas)*x.Rows, 2)
		for i, sigma := range golden.Sigmas {
			m.Score().At(scores.Slice(i*x.Rows, (i+1)*x.Rows), x, sigma)
		}
		bits := make([]uint32, len(scores.Data))
		for i, got := range scores.Data {
			bits[i] = math.Float32bits(got)
			size := 1 / float64(golden.Sigmas[i/2/x.Rows]) // of a score
			if want := golden.Scores[string(c.name)][i]; !(math.Abs(float64(got)-want) <= 1e-6*size) {
				t.Errorf("%s: element %d of the scores is %v, NumPy has %v", path, i, got, want)
			}
		}
		if !slices.Equal(bits, c.bits) {
			t.Errorf("%s: the scores' bits are %#08x, want %#08x", path, bits, c.bits)
		}
		checkSavedAgain(t, m, path)
	}
}

// checkSavedAgain holds the file of a model against the one that it came from.
func checkSavedAgain(t *testing.T, m *Model, path string) {
	t.Helper()
	again := filepath.Join(t.TempDir(), "again.safetensors")
	if err := m.Save(again); err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(again)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("%s, written again, has other bytes", path)
	}
}
