package smld

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestLevelsAreAddressed: the noise level of a point follows from its number, not from the rows of the batch
// that are asked for with it.
func TestLevelsAreAddressed(t *testing.T) {
	for _, noise := range []LevelDistribution{Levels, LogUniform, LogNormal} {
		m, source := ncsnModel(t, 8)
		config := TrainConfig{Batch: 30, LearningRate: 1e-3, Seed: 3, Noise: noise, LogStd: 1}
		trainer, err := NewTrainer(m, source, config)
		if err != nil {
			t.Fatal(err)
		}
		input := inputOf(trainer, 17)
		whole, sigma := slices.Clone(input.Data), slices.Clone(trainer.sigma)
		for i := range input.Rows {
			(*objective)(trainer).Input(input.Slice(i, i+1), i)
		}
		if !slices.Equal(trainer.sigma, sigma) || !slices.Equal(input.Data, whole) {
			t.Errorf("%s: levels %v of rows alone, %v together", noise, trainer.sigma, sigma)
		}
	}
}

// TestLabelErrors: a label that is none of the classes is an error, the first beyond them too.
func TestLabelErrors(t *testing.T) {
	for label, bad := range map[int]bool{-1: true, 0: false, 1: false, 2: true, 3: true} {
		set := &dataset.Set{
			Name: "toy", X: kernels.NewMatrix64(2, 2), Labels: []int{0, label}, Classes: []string{"a", "b"},
		}
		err := checkLabels(set)
		if (err != nil) != bad || bad && !strings.Contains(err.Error(), "row 2 of toy has class") {
			t.Errorf("label %d: error %v", label, err)
		}
	}
	short := &dataset.Set{X: kernels.NewMatrix64(2, 2), Labels: []int{0}, Classes: []string{"a"}}
	if checkLabels(short) == nil {
		t.Error("one label of two rows is no error")
	}
}
