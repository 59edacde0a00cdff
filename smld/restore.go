package smld

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/mlp"
	"github.com/seed964deb49/langevin/safetensors"
)

// LoadCheckpoint gives a trainer the state that another of the same model, data and settings had saved. After
// an error the trainer is as it was.
func (t *Trainer) LoadCheckpoint(path string) error {
	_, err := t.loadCheckpoint(path, false)
	return err
}

// ExtendCheckpoint is LoadCheckpoint for a training that may have had another number of steps,
// TrainConfig.Steps. It returns that number. With the schedules Constant and InverseSqrt the training goes on
// to the bits of one that had the new number from the start. A Cosine goes on as that of the new number,
// while the steps done followed that of the old one.
func (t *Trainer) ExtendCheckpoint(path string) (steps int, err error) {
	return t.loadCheckpoint(path, true)
}

func (t *Trainer) loadCheckpoint(path string, extend bool) (steps int, err error) {
	f, err := safetensors.Load(path)
	if err != nil {
		return 0, err
	}
	if steps, err = t.restore(f, extend); err != nil {
		return 0, fmt.Errorf("%s is not a checkpoint to go on from: %w", path, err)
	}
	return steps, nil
}

func (t *Trainer) restore(f *safetensors.File, extend bool) (steps int, err error) {
	if v := f.Metadata[checkpointKey]; v != checkpointNumber {
		return 0, fmt.Errorf("its metadata has %q as %s, want %q", v, checkpointKey, checkpointNumber)
	}
	m, err := fromFile(f)
	if err != nil {
		return 0, err
	}
	var config TrainConfig
	if err := json.Unmarshal([]byte(f.Metadata[trainKey]), &config); err != nil {
		return 0, fmt.Errorf("its metadata has a broken %s: %w", trainKey, err)
	}
	if steps = config.Steps; extend {
		config.Steps = t.config.Steps
	}
	if config != t.config {
		return 0, fmt.Errorf("it is of a training with other settings: %s", differences(config, t.config))
	}
	if err := t.checkDataSettings(f); err != nil {
		return 0, err
	}
	if err := t.checkModel(m, f.Metadata[hashKey]); err != nil {
		return 0, err
	}
	average, err := mlp.FromTensors(f, averagePrefix)
	if err != nil {
		return 0, err
	}
	if !sameNetwork(average, t.model.Net) {
		return 0, fmt.Errorf("the average of its parameters has sizes %v, want %v",
			average.Sizes, t.model.Net.Sizes)
	}
	first, err := f.Tensor(firstMoment)
	if err != nil {
		return 0, err
	}
	second, err := f.Tensor(secondMoment)
	if err != nil {
		return 0, err
	}
	step, points, err := position(f, t.config.Batch)
	if err != nil {
		return 0, err
	}
	if err := t.adam.Restore(first.Data, second.Data, step); err != nil {
		return 0, err
	}
	t.model.Net.SetParameters(m.Net.Block)
	copy(t.ema.Average, average.Block)
	t.model.Data.Name = m.Data.Name
	t.ema.Updates, t.step, t.points, t.fetched = step, step, points, false
	return steps, nil
}

// position returns how many steps a checkpoint is after, and how many points.
func position(f *safetensors.File, batch int) (step int, points uint64, err error) {
	step, err = strconv.Atoi(f.Metadata[stepKey])
	if err != nil || step < 0 {
		return 0, 0, fmt.Errorf("its metadata has %q as %s, want a number of steps",
			f.Metadata[stepKey], stepKey)
	}
	points, err = strconv.ParseUint(f.Metadata[pointsKey], 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("its metadata has %q as %s, want a number of points",
			f.Metadata[pointsKey], pointsKey)
	}
	if high, low := bits.Mul64(uint64(step), uint64(batch)); high != 0 || low != points {
		return 0, 0, fmt.Errorf("its metadata has %d points after %d steps of %d", points, step, batch)
	}
	return step, points, nil
}

// checkDataSettings returns an error if the points of a checkpoint's training are known to have come from the
// data in another way.
func (t *Trainer) checkDataSettings(f *safetensors.File) error {
	text, ok := f.Metadata[dataSettingsKey]
	if !ok || t.DataSettings == nil {
		return nil
	}
	var was map[string]string
	if err := json.Unmarshal([]byte(text), &was); err != nil {
		return fmt.Errorf("its metadata has a broken %s: %w", dataSettingsKey, err)
	}
	names := map[string]bool{}
	for _, settings := range []map[string]string{was, t.DataSettings} {
		for name := range settings {
			names[name] = true
		}
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if was[name] != t.DataSettings[name] {
			list = append(list, fmt.Sprintf("%s was %q and is %q", name, was[name], t.DataSettings[name]))
		}
	}
	if list != nil {
		return fmt.Errorf("it is of a training with other settings: %s", strings.Join(list, ", "))
	}
	return nil
}

// checkModel returns an error unless m is the trainer's model but for its parameters. m is of data with the
// given hash, if that is known. Data that are known to be the same may have another name.
func (t *Trainer) checkModel(m *Model, hash string) error {
	if err := sameKind(m, t.model); err != nil {
		return err
	}
	if hash != "" && t.DataHash != "" && hash != t.DataHash {
		return fmt.Errorf("it is of other data: has %s changed?", t.model.Data.Name)
	}
	data := t.model.Data
	if hash != "" && hash == t.DataHash {
		data.Name = m.Data.Name
	}
	if !slices.Equal(m.Mean, t.model.Mean) || m.Std != t.model.Std ||
		!reflect.DeepEqual(m.Data, data) || !reflect.DeepEqual(m.Encoding, t.model.Encoding) {
		return fmt.Errorf("it is of other data: has %s changed?", t.model.Data.Name)
	}
	if !slices.Equal(m.Sigmas, t.model.Sigmas) {
		return fmt.Errorf("it has other noise levels, %s, want %s",
			levelRange(m.Sigmas), levelRange(t.model.Sigmas))
	}
	return nil
}

func levelRange(sigmas []float32) string {
	return fmt.Sprintf("%d from %v to %v", len(sigmas), sigmas[0], sigmas[len(sigmas)-1])
}

// sameKind returns an error unless the networks of two models have the same form and meaning.
func sameKind(got, want *Model) error {
	if !sameNetwork(got.Net, want.Net) || got.Preconditioning != want.Preconditioning ||
		got.AugmentLabels != want.AugmentLabels || got.Conditions != want.Conditions {
		return fmt.Errorf("its network has %s, want %s", kindOf(got), kindOf(want))
	}
	return nil
}

func sameNetwork(a, b *mlp.Network) bool {
	return a.Residual == b.Residual && slices.Equal(a.Sizes, b.Sizes)
}

func kindOf(m *Model) string {
	form := "plain"
	if m.Net.Residual {
		form = "residual"
	}
	kind := fmt.Sprintf("sizes %v and is %s, %s, with %d augment labels",
		m.Net.Sizes, m.Preconditioning, form, m.AugmentLabels)
	if m.Conditions > 0 {
		kind += fmt.Sprintf(" and conditions of %d numbers", m.Conditions)
	}
	return kind
}

// StartFrom makes the parameters of m those that the trainer and its average start at. m has the dimension,
// network and preconditioning of the trainer's model. StartFrom is for a trainer that has made no step.
func (t *Trainer) StartFrom(m *Model) error {
	if t.step > 0 {
		return fmt.Errorf("smld: a training starts from a model before its first step, not after %d", t.step)
	}
	if m.Dim() != t.model.Dim() {
		return fmt.Errorf("smld: the model to start from has points of dimension %d, want %d",
			m.Dim(), t.model.Dim())
	}
	if err := sameKind(m, t.model); err != nil {
		return fmt.Errorf("smld: cannot start from the model: %w", err)
	}
	t.model.Net.SetParameters(m.Net.Block)
	copy(t.ema.Average, m.Net.Block)
	return nil
}

// differences names the settings that differ, by their names in JSON, with both values.
func differences(was, is TrainConfig) string {
	var list []string
	a, b := reflect.ValueOf(was), reflect.ValueOf(is)
	for i := range a.NumField() {
		if x, y := a.Field(i).Interface(), b.Field(i).Interface(); x != y {
			name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			list = append(list, fmt.Sprintf("%s was %s and is %s", name, quoted(x), quoted(y)))
		}
	}
	return strings.Join(list, ", ")
}

// quoted returns a setting as JSON has it.
func quoted(x any) string {
	text, err := json.Marshal(x)
	if err != nil {
		return fmt.Sprint(x)
	}
	return string(text)
}
