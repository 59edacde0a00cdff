package smld

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestExtendCheckpoint: where the schedule does not know the number of steps, a training that is extended is
// the one that had all steps from the start.
func TestExtendCheckpoint(t *testing.T) {
	path := func(name string) string { return filepath.Join(t.TempDir(), name) }
	for _, schedule := range []Schedule{Constant, InverseSqrt, Cosine} {
		trainer := func(steps int) *Trainer {
			return checkpointTrainer(t, func(_ *Model, c *TrainConfig) {
				c.Schedule, c.Steps = schedule, steps
			})
		}
		short, long := trainer(10), trainer(15)
		run := func(trainer *Trainer) []byte {
			for trainer.Done() < trainer.config.Steps {
				trainer.Step()
			}
			name := path("c")
			if err := trainer.SaveCheckpoint(name); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		cut := path("cut")
		if err := os.WriteFile(cut, run(short), 0o666); err != nil {
			t.Fatal(err)
		}
		extended := trainer(15)
		if err := extended.LoadCheckpoint(cut); err == nil {
			t.Error("LoadCheckpoint takes a training of other steps")
		}
		if steps, err := extended.ExtendCheckpoint(cut); err != nil || steps != 10 || extended.Done() != 10 {
			t.Fatalf("%d steps of %d, %v", extended.Done(), steps, err)
		}
		if same := bytes.Equal(run(extended), run(long)); same != (schedule != Cosine) {
			t.Errorf("%s: the same bytes: %v", schedule, same)
		}
	}
}

// TestDataHash: data of other content is refused, whatever its statistics are. The same data under another
// name is taken.
func TestDataHash(t *testing.T) {
	x := kernels.NewMatrix(3, 2)
	copy(x.Data, []float32{1, 2, 3, 4, 5, 6})
	const want = "e91e0153d00bcb325a7614e8e799b2e367c20f043323deb67810cea1cb4dac91"
	if got := DataHash(x); got != want {
		t.Errorf("hash %s, want %s", got, want)
	}
	wide := kernels.Matrix{Rows: 3, Cols: 2, Stride: 3, Data: []float32{1, 2, 9, 3, 4, 9, 5, 6}}
	if DataHash(wide) != want {
		t.Error("the stride changes the hash")
	}
	swapped := kernels.Matrix{Rows: 2, Cols: 3, Stride: 3, Data: x.Data}
	if DataHash(swapped) == want {
		t.Error("the shape does not change the hash")
	}
	path := filepath.Join(t.TempDir(), "c")
	save := func(hash string) {
		trainer := checkpointTrainer(t, nil)
		trainer.DataHash = hash
		trainer.Step()
		if err := trainer.SaveCheckpoint(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ saved, own, name, want string }{
		{"a", "a", "toy", ""},
		{"a", "b", "toy", "has toy changed?"},
		{"a", "a", "moved", ""},
		{"", "a", "toy", ""},
		{"a", "", "toy", ""},
		{"", "", "moved", "has moved changed?"},
	} {
		save(c.saved)
		trainer := checkpointTrainer(t, func(m *Model, _ *TrainConfig) { m.Data.Name = c.name })
		trainer.DataHash = c.own
		err := trainer.LoadCheckpoint(path)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
		if err == nil && trainer.model.Data.Name != "toy" {
			t.Errorf("%+v: the data is now %s", c, trainer.model.Data.Name)
		}
	}
}

// TestDataSettings: a checkpoint is refused if its points came from the data in another way. The error has
// both values.
func TestDataSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c")
	for _, c := range []struct {
		saved, own map[string]string
		want       string
	}{
		{nil, map[string]string{"a": "1"}, ""},
		{map[string]string{"a": "1"}, nil, ""},
		{map[string]string{"b": "2", "a": "1"}, map[string]string{"a": "1", "b": "2"}, ""},
		{map[string]string{"a": "1", "b": "2"}, map[string]string{"a": "3", "c": "4"},
			`other settings: a was "1" and is "3", b was "2" and is "", c was "" and is "4"`},
	} {
		trainer := checkpointTrainer(t, nil)
		trainer.DataSettings = c.saved
		if err := trainer.SaveCheckpoint(path); err != nil {
			t.Fatal(err)
		}
		trainer = checkpointTrainer(t, nil)
		trainer.DataSettings = c.own
		if err := trainer.LoadCheckpoint(path); (err == nil) != (c.want == "") ||
			err != nil && !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestStartFrom: a training starts at the parameters of a model, its average too.
func TestStartFrom(t *testing.T) {
	first := checkpointTrainer(t, nil)
	for range 5 {
		first.Step()
	}
	m := first.Averaged()
	trainer := checkpointTrainer(t, nil)
	if err := trainer.StartFrom(m); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(trainer.Averaged().Net.Block, m.Net.Block) ||
		!slices.Equal(trainer.model.Net.Block, m.Net.Block) {
		t.Error("the training starts elsewhere")
	}
	trainer.Step()
	if err := trainer.StartFrom(m); err == nil || !strings.Contains(err.Error(), "not after 1") {
		t.Errorf("error %v", err)
	}
	other, _ := ncsnModel(t, 9)
	if err := checkpointTrainer(t, nil).StartFrom(other); err == nil ||
		!strings.Contains(err.Error(), "sizes [10 9 2]") {
		t.Errorf("error %v", err)
	}
}
