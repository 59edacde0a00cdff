package smld

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

// A checkpoint is a model file with the rest of a trainer's state. It has the parameters as they are and not
// their average. Beside them stand the average as a network and Adam's moments in the order of
// mlp.Network.Block. The metadata has the settings, the number of steps done, the number of points seen,
// which is the position in the data, and a checksum.
const (
	checkpointKey    = "langevin.checkpoint"
	checkpointNumber = "1"
	trainKey         = "langevin.train"
	stepKey          = "langevin.step"
	pointsKey        = "langevin.points"
	hashKey          = "langevin.data_hash"     // Trainer.DataHash, where it is set
	dataSettingsKey  = "langevin.data_settings" // JSON of Trainer.DataSettings, where they are set

	averagePrefix = "ema."
	firstMoment   = "adam.m"
	secondMoment  = "adam.v"
)

// SaveCheckpoint writes the trainer's state to a file, whole or not at all. A trainer of the same model, data
// and settings that loads the file goes on to the same bits as this one. A state that is not finite is an
// error, so that a training that has diverged overwrites no good checkpoint.
func (t *Trainer) SaveCheckpoint(path string) error {
	m, v, _ := t.adam.State()
	for _, block := range [][]float32{t.model.Net.Block, t.ema.Average, m, v} {
		if sum := kernels.SumSquares(block); math.IsNaN(sum) || math.IsInf(sum, 0) {
			return fmt.Errorf("smld: training diverged by step %d, after which parameters are not finite: "+
				"try a lower learning rate",
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
	if t.DataHash != "" {
		f.Metadata[hashKey] = t.DataHash
	}
	if t.DataSettings != nil {
		settings, err := json.Marshal(t.DataSettings)
		if err != nil {
			return nil, fmt.Errorf("smld: %w", err)
		}
		f.Metadata[dataSettingsKey] = string(settings)
	}
	average := t.model.Net.Like()
	copy(average.Block, t.ema.Average)
	f.Tensors = append(f.Tensors, average.Tensors(averagePrefix)...)
	m, v, _ := t.adam.State()
	f.Tensors = append(f.Tensors,
		safetensors.Tensor{Name: firstMoment, Shape: []int{len(m)}, Data: m},
		safetensors.Tensor{Name: secondMoment, Shape: []int{len(v)}, Data: v})
	return f, seal(f)
}
