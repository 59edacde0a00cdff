package smld_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestModelBytes: a model that is written to a writer has the bytes of its file, and is read from them as
// from that.
func TestModelBytes(t *testing.T) {
	x := kernels.NewMatrix(5, 2)
	for i := range x.Data {
		x.Data[i] = float32(i * i % 7)
	}
	m, err := smld.NewModel(x, smld.ModelConfig{
		Hidden: []int{4}, Sigmas: []float32{2, 1, 0.5}, Data: smld.Description{Name: "x", Shape: []int{2}},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "m.safetensors")
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%d bytes, want %d, %v", b.Len(), len(want), err)
	}
	loaded, err := smld.LoadModel(path)
	if err != nil {
		t.Fatal(err)
	}
	read, err := smld.ReadModel(bytes.NewReader(want), int64(len(want)), "m")
	if err != nil || !reflect.DeepEqual(read, loaded) {
		t.Errorf("%+v, %v, want %+v", read, err, loaded)
	}
	_, err = smld.ReadModel(bytes.NewReader(want), int64(len(want)-3), "the upload")
	if err == nil || !strings.Contains(err.Error(), "the upload") {
		t.Error(err)
	}
}
