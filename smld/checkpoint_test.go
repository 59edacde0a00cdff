package smld

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

var checkpointConfig = TrainConfig{
	Batch: 30, LearningRate: 1e-3, EMADecay: 0.99, Seed: 8, WarmUp: 3, Schedule: Cosine, Steps: 20,
	WeightDecay: 0.1, ClipNorm: 0.5,
	Noise: LogUniform,
}

func checkpointTrainer(t *testing.T, spoil func(m *Model, c *TrainConfig)) *Trainer {
	m, source := ncsnModel(t, 9, 7)
	config := checkpointConfig
	if spoil != nil {
		spoil(m, &config)
	}
	trainer, err := NewTrainer(m, source, config)
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}

// TestCheckpoint: a training that is cut at any step, saved and loaded ends in the same checkpoint as a
// training that is not cut, byte for byte.
func TestCheckpoint(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	save := func(trainer *Trainer, name string) []byte {
		t.Helper()
		if err := trainer.SaveCheckpoint(path(name)); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path(name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole := checkpointTrainer(t, nil)
	for range 20 {
		whole.Step()
	}
	want := save(whole, "whole")
	for cut := range 20 {
		trainer := checkpointTrainer(t, nil)
		for range cut {
			trainer.Step()
		}
		save(trainer, "cut")
		trainer = checkpointTrainer(t, nil)
		trainer.Step() // what it had before must not matter
		if err := trainer.LoadCheckpoint(path("cut")); err != nil {
			t.Fatal(err)
		}
		if trainer.Done() != cut {
			t.Errorf("a checkpoint after %d steps loads as one after %d", cut, trainer.Done())
		}
		for range 20 - cut {
			trainer.Step()
		}
		if !bytes.Equal(save(trainer, "resumed"), want) {
			t.Errorf("a training cut after %d steps ends in another checkpoint", cut)
		}
		if !slices.Equal(trainer.Averaged().Net.Block, whole.Averaged().Net.Block) {
			t.Errorf("a training cut after %d steps ends in another model", cut)
		}
	}
}

// TestCheckpointDiverged: a state that is not finite does not replace a checkpoint.
func TestCheckpointDiverged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.safetensors")
	trainer := checkpointTrainer(t, nil)
	if err := trainer.SaveCheckpoint(path); err != nil {
		t.Fatal(err)
	}
	trainer.Step()
	trainer.ema.Average[3] = float32(math.NaN())
	if err := trainer.SaveCheckpoint(path); err == nil ||
		!strings.Contains(err.Error(), "diverged by step 1") {
		t.Errorf("error %v", err)
	}
	if err := checkpointTrainer(t, nil).LoadCheckpoint(path); err != nil {
		t.Error(err)
	}
}

func TestCheckpointErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.safetensors")
	if err := checkpointTrainer(t, nil).SaveCheckpoint(path); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want  string
		spoil func(m *Model, c *TrainConfig)
	}{
		{"other settings: clip_norm was 0.5 and is 1, noise was \"log-uniform\" and is \"levels\"", func(
			_ *Model, c *TrainConfig,
		) {
			c.ClipNorm, c.Noise = 1, Levels
		}},
		{"steps was 20 and is 30", func(_ *Model, c *TrainConfig) { c.Steps = 30 }},
		{"noise levels, ", func(m *Model, _ *TrainConfig) { m.Sigmas = m.Sigmas[1:] }},
		{"is edm, plain, with 0 augment labels, want", func(m *Model, _ *TrainConfig) {
			m.Preconditioning = NCSNv2
		}},
		{"sizes [10 9 7 2]", func(m *Model, _ *TrainConfig) {
			other, _ := ncsnModel(t, 9)
			m.Net = other.Net
		}},
		{"has toy changed?", func(m *Model, _ *TrainConfig) { m.Mean[0]++ }},
	} {
		if err := checkpointTrainer(t, c.spoil).LoadCheckpoint(path); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	good, err := safetensors.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	last := len(good.Tensors) - 1
	for _, c := range []struct {
		want  string
		spoil func(f *safetensors.File)
	}{
		{"as langevin.checkpoint", func(f *safetensors.File) { delete(f.Metadata, checkpointKey) }},
		{"broken langevin.train", func(f *safetensors.File) { f.Metadata[trainKey] = "" }},
		{`"-1" as langevin.step`, func(f *safetensors.File) { f.Metadata[stepKey] = "-1" }},
		{"points after 4000000000000000000 steps", func(f *safetensors.File) {
			f.Metadata[stepKey] = "4000000000000000000"
		}},
		{"moments after", func(f *safetensors.File) {
			f.Metadata[stepKey], f.Metadata[pointsKey] = "400000000000000000", "12000000000000000000"
		}},
		{`"" as langevin.points`, func(f *safetensors.File) { delete(f.Metadata, pointsKey) }},
		{`"ema.0.weight"`, func(f *safetensors.File) {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool {
				return t.Name == "ema.0.weight"
			})
		}},
		{`"adam.v"`, func(f *safetensors.File) { f.Tensors = f.Tensors[:last] }},
		{"moments of", func(f *safetensors.File) {
			f.Tensors[last].Data, f.Tensors[last].Shape = []float32{1}, []int{1}
		}},
		{`tensor "adam.v" is`, func(f *safetensors.File) { f.Tensors[last].Data[0] = float32(math.Inf(1)) }},
	} {
		f := &safetensors.File{Metadata: maps.Clone(good.Metadata)}
		for _, tensor := range good.Tensors {
			tensor.Data = slices.Clone(tensor.Data)
			f.Tensors = append(f.Tensors, tensor)
		}
		c.spoil(f)
		if err := errors.Join(seal(f), safetensors.Save(path, f)); err != nil {
			t.Fatal(err)
		}
		trainer := checkpointTrainer(t, nil)
		before := kernels.SumSquares(trainer.model.Net.Block)
		if err := trainer.LoadCheckpoint(path); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
		if kernels.SumSquares(trainer.model.Net.Block) != before || trainer.Done() != 0 {
			t.Errorf("%s: a bad checkpoint changes the trainer", c.want)
		}
	}
}

// TestDenoisingLosses: an exact score has the least loss at every level, and the score 0 has D/2.
func TestDenoisingLosses(t *testing.T) {
	const n = 4000
	mixture := ncsnMixture(t)
	x := kernels.NewMatrix(n, 2)
	mixture.Draw(x, Numbers{Seed: 7})
	sigmas := []float32{5, 1, 0.2}
	m, _ := ncsnModel(t, 8)
	losses := func(s Score) []float64 {
		l, err := DenoisingLosses(t.Context(), s, x, sigmas, 1)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	exact, other, zero := losses(mixture), losses(m.Score()), losses(zeroScore{})
	for i := range sigmas {
		if !(exact[i] > 0 && exact[i] < other[i]+0.02) || math.Abs(zero[i]-1) > 5*math.Sqrt(1.0/n) {
			t.Errorf("sigma %v: the exact score has the loss %v, a model %v, the score 0 %v",
				sigmas[i], exact[i], other[i], zero[i])
		}
	}
	cause := errors.New("enough")
	ended, end := context.WithCancelCause(t.Context())
	end(cause)
	if l, err := DenoisingLosses(ended, mixture, x, sigmas, 1); !errors.Is(err, cause) {
		t.Errorf("after the end of the context the losses are %v, %v", l, err)
	}
}

// zeroScore is the score 0 in the plane.
type zeroScore struct{}

func (zeroScore) Dim() int                            { return 2 }
func (zeroScore) At(dst, _ kernels.Matrix, _ float32) { clear(dst.Data) }

// TestDequantized: every presentation of a point lies elsewhere in its bin.
func TestDequantized(t *testing.T) {
	_, source := ncsnModel(t, 8)
	rounded := Dequantized{Source: source, Bins: []float32{0.5, 0.5}, Seed: 3}
	x, y, clean := kernels.NewMatrix(301, 2), kernels.NewMatrix(150, 2), kernels.NewMatrix(301, 2)
	rounded.Batch(x, 5)
	rounded.Batch(y, 7)
	source.Batch(clean, 5)
	if !slices.Equal(x.Data[4:4+len(y.Data)], y.Data) {
		t.Error("a point depends on its batch")
	}
	var sum, squares float64
	for i, v := range x.Data {
		d := float64(v - clean.Data[i])
		if math.Abs(d) > 0.2501 {
			t.Fatalf("element %d moves by %v, out of its bin", i, d)
		}
		sum, squares = sum+d, squares+d*d
	}
	n := float64(len(x.Data))
	if math.Abs(sum/n) > 5*0.145/math.Sqrt(n) || math.Abs(squares/n*48-1) > 5*math.Sqrt(0.8/n) {
		t.Errorf("moves have mean %v and variance %v, want 0 and 1/48", sum/n, squares/n)
	}
}
