package smld

import (
	"encoding/json"
	"fmt"

	"github.com/seed964deb49/langevin/safetensors"
)

// CheckpointInfo is what a checkpoint tells beside the model.
type CheckpointInfo struct {
	Step         int               `json:"step"`   // steps done
	Points       uint64            `json:"points"` // seen so far
	Config       TrainConfig       `json:"config"`
	DataHash     string            `json:"dataHash,omitempty"`     // Trainer.DataHash, if known
	DataSettings map[string]string `json:"dataSettings,omitempty"` // Trainer.DataSettings, if known
}

// Inspect reads a model file or a checkpoint. Of a model the second result is nil. Of a checkpoint the model
// has the parameters of the training as they are, not their average.
func Inspect(path string) (*Model, *CheckpointInfo, error) {
	f, err := safetensors.Load(path)
	if err != nil {
		return nil, nil, err
	}
	m, err := fromFile(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is not a model that can be used: %w", path, err)
	}
	if _, ok := f.Metadata[checkpointKey]; !ok {
		return m, nil, nil
	}
	info := &CheckpointInfo{DataHash: f.Metadata[hashKey]}
	if err := json.Unmarshal([]byte(f.Metadata[trainKey]), &info.Config); err != nil {
		return nil, nil, fmt.Errorf("%s: its metadata has a broken %s: %w", path, trainKey, err)
	}
	if info.Step, info.Points, err = position(f, info.Config.Batch); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if text, ok := f.Metadata[dataSettingsKey]; ok {
		if err := json.Unmarshal([]byte(text), &info.DataSettings); err != nil {
			return nil, nil, fmt.Errorf("%s: its metadata has a broken %s: %w", path, dataSettingsKey, err)
		}
	}
	return m, info, nil
}
