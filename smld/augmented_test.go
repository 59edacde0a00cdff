package smld

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// moved is a Source of normal numbers of standard deviation 0.2. Two in three of them are moved by 3 or by
// -3.
type moved struct{}

const movedBy, movedStd = 3, 0.2

func (moved) Dim() int { return 1 }

func (m moved) Batch(dst kernels.Matrix, first uint64) {
	m.AugmentedBatch(dst, kernels.NewMatrix(dst.Rows, 1), first)
}

func (moved) AugmentLabels() int { return 1 }

func (moved) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	words := kernels.Noise{Seed: 4, Stream: 1}
	for r := range dst.Rows {
		z := []float32{0}
		kernels.Noise{Seed: 4}.Fill(z, first+uint64(r))
		label := int(randomWord(words, first+uint64(r))%3) - 1
		labels.Row(r)[0] = float32(label)
		dst.Row(r)[0] = float32(label*movedBy) + movedStd*z[0]
	}
}

// trainMoved returns a model of moved and where its samples lie. shares has the share of samples at each of
// -3, 0 and 3, and std is the standard deviation of those at 0.
func trainMoved(t *testing.T, augmentLabels int, source Source) (m *Model, shares [3]float64, std float64) {
	t.Helper()
	x := kernels.NewMatrix(1000, 1)
	source.Batch(x, 0)
	sigmas, err := Geometric(8, 0.05, 20)
	if err != nil {
		t.Fatal(err)
	}
	m, err = NewModel(x, ModelConfig{
		Hidden: []int{32, 32}, AugmentLabels: augmentLabels, Sigmas: sigmas,
		Data: Description{Shape: []int{1}}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	config := TrainConfig{Batch: 128, LearningRate: 3e-3, EMADecay: 0.99, Seed: 1}
	m, err = Train(t.Context(), m, source, config, 1500, nil)
	if err != nil {
		t.Fatal(err)
	}
	samples := kernels.NewMatrix(1000, 1)
	Prior(samples, m.Mean, sigmas[0], Numbers{Seed: 2})
	heun := Heun{Sigmas: sigmas}
	if _, err := heun.Sample(t.Context(), m.Score(), samples, Numbers{Seed: 2}, nil); err != nil {
		t.Fatal(err)
	}
	squares := 0.0
	for i := range samples.Rows {
		v := float64(samples.Row(i)[0])
		place := int(math.Round(v/movedBy)) + 1
		if place < 0 || place > 2 {
			t.Errorf("sample %d is %v", i, v)
			continue
		}
		shares[place] += 1. / 1000
		if place == 1 {
			squares += v * v
		}
	}
	return m, shares, math.Sqrt(squares / (1000 * shares[1]))
}

// TestAugmented: a network that is told how its training points were moved makes unmoved points alone. A
// network that is not told makes all points.
func TestAugmented(t *testing.T) {
	m, shares, std := trainMoved(t, 1, moved{})
	t.Logf("told: shares %.3f, standard deviation %.3f", shares, std)
	if shares[1] < 0.99 || math.Abs(std-movedStd) > 0.1*movedStd {
		t.Errorf("told: shares %.3f of samples at -3, 0 and 3, want all at 0; "+
			"standard deviation %.3f there, want %v", shares, std, movedStd)
	}
	_, shares, _ = trainMoved(t, 0, moved{})
	for _, share := range shares {
		if math.Abs(share-1./3) > 0.1 {
			t.Errorf("not told: shares %.3f of samples at -3, 0 and 3, want a third each", shares)
			break
		}
	}

	path := filepath.Join(t.TempDir(), "m.safetensors")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := LoadModel(path)
	if err != nil {
		t.Fatal(err)
	}
	x, a, b := kernels.NewMatrix(5, 1), kernels.NewMatrix(5, 1), kernels.NewMatrix(5, 1)
	kernels.Noise{Seed: 1}.Fill(x.Data, 0)
	m.Score().At(a, x, 0.5)
	loaded.Score().At(b, x, 0.5)
	if loaded.AugmentLabels != 1 || !slices.Equal(a.Data, b.Data) {
		t.Errorf("read again, the model takes %d labels and its score is %v, want %v",
			loaded.AugmentLabels, b.Data, a.Data)
	}
}

// TestAugmentedDequantized: labels pass through Dequantized, whose points are those of Batch.
func TestAugmentedDequantized(t *testing.T) {
	source := Dequantized{Source: moved{}, Bins: []float32{0.5}, Seed: 3}
	x, y := kernels.NewMatrix(9, 1), kernels.NewMatrix(9, 1)
	labels, want := kernels.NewMatrix(9, 1), kernels.NewMatrix(9, 1)
	source.Batch(x, 5)
	source.AugmentedBatch(y, labels, 5)
	moved{}.AugmentedBatch(kernels.NewMatrix(9, 1), want, 5)
	if !slices.Equal(x.Data, y.Data) || !slices.Equal(labels.Data, want.Data) {
		t.Errorf("points %v with labels %v, want %v with %v", y.Data, labels.Data, x.Data, want.Data)
	}
	if n := (Dequantized{Source: mixtureSource{}}).AugmentLabels(); n != 0 {
		t.Errorf("points that nobody changes have %d labels", n)
	}
}

func TestAugmentedMismatch(t *testing.T) {
	m, source := ncsnModel(t, 8)
	m.AugmentLabels = 1
	_, err := NewTrainer(m, source, DefaultTrainConfig)
	if want := "takes 1 augment labels, the data have 0"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want an error with %q", err, want)
	}
}
