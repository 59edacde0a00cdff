package smld

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
	"github.com/seed964deb49/langevin/safetensors"
)

// A checkpoint is a model file, of the parameters as they are and not their average, with the rest of a trainer's state
// beside them: the average as a network, Adam's moments in the order of mlp.Network.Block, and in the metadata the
// settings, the number of steps done and that of points seen, which is the position in the data.
const (
	checkpointKey    = "langevin.checkpoint"
	checkpointNumber = "1"
	trainKey         = "langevin.train"
	stepKey          = "langevin.step"
	pointsKey        = "langevin.points"

	averagePrefix = "ema."
	firstMoment   = "adam.m"
	secondMoment  = "adam.v"
)

// SaveCheckpoint writes the trainer's state to a file, whole or not at all. A trainer of the same model, data and settings
// that loads it goes on to the same bits as this one. A state that is not finite is an error, so that no good checkpoint
// gives way to one of a training that has diverged.
func (t *Trainer) SaveCheckpoint(path string) error {
	m, v, _ := t.adam.State()
	for _, block := range [][]float32{t.model.Net.Block, t.ema.Average, m, v} {
		if sum := kernels.SumSquares(block); math.IsNaN(sum) || math.IsInf(sum, 0) {
			return fmt.Errorf("smld: training diverged by step %d, after which parameters are not finite: try a lower learning rate",
				t.step)
		}
	}
	f, err := t.checkpoint()
	if err != nil {
		return err
	}
	return safetensors.Save(path, f)
}

func (t *Trainer) checkpoint() (*safetensors.File, error) {
	f, err := t.model.file()
	if err != nil {
		return nil, err
	}
	config, err := json.Marshal(t.config)
	if err != nil {
		return nil, fmt.Errorf("smld: %w", err)
	}
	f.Metadata[checkpointKey] = checkpointNumber
	f.Metadata[trainKey] = string(config)
	f.Metadata[stepKey] = strconv.Itoa(t.step)
	f.Metadata[pointsKey] = strconv.FormatUint(t.points, 10)
	average := t.model.Net.Like()
	copy(average.Block, t.ema.Average)
	f.Tensors = append(f.Tensors, average.Tensors(averagePrefix)...)
	m, v, _ := t.adam.State()
	f.Tensors = append(f.Tensors,
		safetensors.Tensor{Name: firstMoment, Shape: []int{len(m)}, Data: m},
		safetensors.Tensor{Name: secondMoment, Shape: []int{len(v)}, Data: v})
	return f, nil
}

// LoadCheckpoint gives a new trainer the state that another of the same model, data and settings had saved.
func (t *Trainer) LoadCheckpoint(path string) error {
	f, err := safetensors.Load(path)
	if err != nil {
		return err
	}
	if err := t.restore(f); err != nil {
		return fmt.Errorf("%s is not a checkpoint to go on from: %w", path, err)
	}
	return nil
}

func (t *Trainer) restore(f *safetensors.File) error {
	if v := f.Metadata[checkpointKey]; v != checkpointNumber {
		return fmt.Errorf("its metadata has %q as %s, want %q", v, checkpointKey, checkpointNumber)
	}
	m, err := fromFile(f)
	if err != nil {
		return err
	}
	var config TrainConfig
	if err := json.Unmarshal([]byte(f.Metadata[trainKey]), &config); err != nil {
		return fmt.Errorf("its metadata has a broken %s: %w", trainKey, err)
	}
	if config != t.config {
		return fmt.Errorf("it is of a training with other settings, %+v instead of %+v", config, t.config)
	}
	same := func(n *mlp.Network) bool {
		return n.Residual == t.model.Net.Residual && slices.Equal(n.Sizes, t.model.Net.Sizes)
	}
	if !same(m.Net) || m.Preconditioning != t.model.Preconditioning {
		return fmt.Errorf("its network has sizes %v and is %s, want %v and %s", m.Net.Sizes, m.Preconditioning,
			t.model.Net.Sizes, t.model.Preconditioning)
	}
	if !slices.Equal(m.Mean, t.model.Mean) || m.Std != t.model.Std || !slices.Equal(m.Sigmas, t.model.Sigmas) ||
		!reflect.DeepEqual(m.Data, t.model.Data) {
		return fmt.Errorf("it is of other data or noise levels: has %s changed?", t.model.Data.Name)
	}
	average, err := mlp.FromTensors(f, averagePrefix)
	if err != nil {
		return err
	}
	if !same(average) {
		return fmt.Errorf("the average of its parameters has sizes %v, want %v", average.Sizes, t.model.Net.Sizes)
	}
	first, err := f.Tensor(firstMoment)
	if err != nil {
		return err
	}
	second, err := f.Tensor(secondMoment)
	if err != nil {
		return err
	}
	step, err := strconv.Atoi(f.Metadata[stepKey])
	if err != nil || step < 0 {
		return fmt.Errorf("its metadata has %q as %s, want a number of steps", f.Metadata[stepKey], stepKey)
	}
	points, err := strconv.ParseUint(f.Metadata[pointsKey], 10, 64)
	if err != nil {
		return fmt.Errorf("its metadata has %q as %s, want a number of points", f.Metadata[pointsKey], pointsKey)
	}
	if err := t.adam.Restore(first.Data, second.Data, step); err != nil {
		return err
	}
	copy(t.model.Net.Block, m.Net.Block)
	copy(t.ema.Average, average.Block)
	t.ema.Updates, t.step, t.points, t.fetched = step, step, points, false
	t.learner.Changed()
	return nil
}
