package live

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/internal/shortlist"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// check returns an error for a drawing that is beyond the limits, or whose sampler does not have its options.
func (d *Drawing) check(l Limits) error {
	if d.N < 1 || d.N > l.N {
		return fmt.Errorf("%d samples: want between 1 and %d here", d.N, l.N)
	}
	options, err := d.options()
	if err != nil {
		return err
	}
	s, err := smld.SamplerNamed(d.Sampler)
	if err != nil {
		return fmt.Errorf("there is no sampler %.40q: choose one of %s",
			d.Sampler, shortlist.Join(smld.SamplerNames()))
	}
	if _, err := s.With(options); err != nil {
		return err
	}
	for name, v := range options {
		if n, ok := v.(int); ok && n > l.Levels {
			return fmt.Errorf("the option %s is %d: want at most %d here", name, n, l.Levels)
		}
	}
	if n := stepsOf(s, options); n > l.Evaluations {
		return fmt.Errorf("%s with %d steps in all: want at most %d here, of levels times steps or corrections at each",
			d.Sampler, n, l.Evaluations)
	}
	if _, churn := options["Churn"]; d.Sampler == "heun" && !churn {
		for _, name := range []string{"ChurnMin", "ChurnMax", "Noise"} {
			if _, ok := options[name]; ok {
				return fmt.Errorf("the option %s does nothing without Churn: leave it out", name)
			}
		}
	}
	if g := d.Guidance; g != nil {
		switch {
		case math.IsNaN(*g) || math.IsInf(*g, 0):
			return fmt.Errorf("a guidance of %v: want a finite number", *g)
		case d.Class == "":
			return errors.New("a guidance without a class does nothing: leave it out, or choose a class")
		case *g == 0:
			return errors.New("a guidance of 0 is the score without the class: leave out both for samples of no " +
				"class in particular")
		}
	}
	return nil
}

// stepsOf returns about how many steps a sampler makes: levels, times the steps or the corrections at each.
func stepsOf(s smld.NamedSampler, given smld.Options) int {
	n := 1
	for _, o := range s.List() {
		if !slices.Contains([]string{"Levels", "Steps", "Corrections"}, o.Name) {
			continue
		}
		factor, ok := given[o.Name].(int)
		if !ok {
			factor, _ = strconv.Atoi(o.Default)
		}
		n *= max(1, factor)
	}
	return n
}

// options returns the sampler's options in the types that they have. Those that are zero stand for the default,
// as if they were not given.
func (d *Drawing) options() (smld.Options, error) {
	s, err := smld.SamplerNamed(d.Sampler)
	if err != nil {
		return smld.Options{}, nil // which is told elsewhere
	}
	options := smld.Options{}
	for name, value := range d.Options {
		if n, ok := value.(json.Number); ok {
			value = n.String()
		}
		with, err := s.With(smld.Options{name: value})
		if err != nil {
			return nil, err
		}
		field := reflect.ValueOf(with).FieldByName(name)
		if !field.IsZero() {
			options[name] = field.Interface()
		}
	}
	return options, nil
}

// command returns the command line of the drawing by a model that is saved.
func (d *Drawing) command() string {
	words := []string{
		"langevin", "sample", "--model", "model.safetensors", "--out", "samples.npy", "--n", fmt.Sprint(d.N),
	}
	if d.Sampler != smld.DefaultSampler {
		words = append(words, "--sampler", d.Sampler)
	}
	if d.Seed != 1 {
		words = append(words, "--seed", fmt.Sprint(d.Seed))
	}
	if d.Class != "" {
		words = append(words, "--class="+d.Class)
	}
	if d.Guidance != nil && *d.Guidance != 1 {
		words = append(words, "--guidance="+strconv.FormatFloat(*d.Guidance, 'g', -1, 64))
	}
	options, _ := d.options()
	for _, name := range slices.Sorted(maps.Keys(options)) {
		switch v := options[name].(type) {
		case bool:
			if name == "NoDenoise" {
				words = append(words, "--no-denoise")
			} else {
				words = append(words, "--"+setup.OptionFlag(name))
			}
		case float64:
			words = append(words, "--"+setup.OptionFlag(name), strconv.FormatFloat(v, 'g', -1, 64))
		default:
			words = append(words, "--"+setup.OptionFlag(name), fmt.Sprint(v))
		}
	}
	return setup.Quote(words...)
}

// labels returns the classes of the samples, or nil where they are of none.
func (d *Drawing) labels(m *smld.Model) ([]int, error) {
	if d.Class == "" {
		return nil, nil
	}
	names := m.Data.Classes
	if len(names) == 0 {
		return nil, fmt.Errorf("class %.40s: the model has no classes; train with labels for one that has",
			d.Class)
	}
	labels := make([]int, d.N)
	if d.Class == setup.AllClasses {
		for i := range labels {
			labels[i] = i % len(names)
		}
		return labels, nil
	}
	k, err := m.Class(d.Class)
	if err != nil {
		return nil, fmt.Errorf("there is no class %.40s: choose one of %s, or all",
			d.Class, setup.ClassList(names))
	}
	for i := range labels {
		labels[i] = k
	}
	return labels, nil
}

// score returns the score of the samples.
func (d *Drawing) score(m *smld.Model, labels []int) (smld.Score, error) {
	if labels == nil {
		return m.Score(), nil
	}
	guidance := 1.0
	if d.Guidance != nil {
		guidance = *d.Guidance
	}
	if d.Class != setup.AllClasses {
		labels = labels[:1] // one condition, for all
	}
	return m.Conditional(m.ClassConditions(labels...), guidance)
}

// drawnResult is samples with what they follow from.
type drawnResult struct {
	model   *smld.Model
	drawing Drawing
	points  kernels.Matrix
	labels  []int
}
