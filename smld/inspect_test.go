package smld

import (
	"path/filepath"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestInspect: a model has no checkpoint, and a checkpoint tells how far its training is.
func TestInspect(t *testing.T) {
	source, err := dataset.Toy("moons", 1)
	if err != nil {
		t.Fatal(err)
	}
	x := kernels.NewMatrix(100, 2)
	source.Batch(x, 0)
	m, err := NewModel(x, ModelConfig{
		Hidden: []int{5}, Sigmas: []float32{3, 0.1}, Data: Description{Name: "moons", Shape: []int{2}},
	})
	if err != nil {
		t.Fatal(err)
	}
	config := DefaultTrainConfig
	config.Batch = 6
	trainer, err := NewTrainer(m, source, config)
	if err != nil {
		t.Fatal(err)
	}
	trainer.DataHash, trainer.DataSettings = "abc", map[string]string{"bin": "auto"}
	for range 4 {
		trainer.Step()
	}
	dir := t.TempDir()
	model, checkpoint := filepath.Join(dir, "m.st"), filepath.Join(dir, "c.st")
	if err := trainer.Averaged().Save(model); err != nil {
		t.Fatal(err)
	}
	if err := trainer.SaveCheckpoint(checkpoint); err != nil {
		t.Fatal(err)
	}
	if got, info, err := Inspect(model); err != nil || info != nil || got.Dim() != 2 {
		t.Errorf("%v, %v", info, err)
	}
	_, info, err := Inspect(checkpoint)
	if err != nil || info == nil {
		t.Fatal(info, err)
	}
	if info.Step != 4 || info.Points != 24 || info.Config != config ||
		info.DataHash != "abc" || info.DataSettings["bin"] != "auto" {
		t.Errorf("%+v", info)
	}
	if _, _, err := Inspect(filepath.Join(dir, "none")); err == nil {
		t.Error("a file that is not there is no error")
	}
}
