package smld

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// other returns a value for an option that is not the default.
func other(o Option) any {
	switch {
	case o.Name == "Order":
		return 3
	case o.Name == "Rho":
		return 3.0
	case o.Type.Kind() == reflect.Int:
		return 7
	case o.Type.Kind() == reflect.Float64:
		return 0.0011 // as an eta above its least with 1000 levels, 1-gamma
	case o.Type.Kind() == reflect.Bool:
		return true
	}
	return "ddim"
}

// TestOptions sets each option of any sampler for each sampler. Either the sampler comes out another, or the
// error names the option, the sampler, and the samplers that have the option. A text of the value does as
// well.
func TestOptions(t *testing.T) {
	all, takers := map[string]Option{}, map[string][]string{}
	for _, s := range Samplers() {
		for _, o := range s.List() {
			all[o.Name] = o
			takers[o.Name] = append(takers[o.Name], s.Name)
			if o.Help == "" || s.Doc == "" {
				t.Errorf("%s: no help for %s, or no doc", s.Name, o.Name)
			}
		}
	}
	levels := Range{2, 1}
	for name, o := range all {
		for _, s := range Samplers() {
			options := Options{name: other(o)}
			if s.Name == "pc" && name == "Eta" {
				options["Predictor"] = "consistent"
			}
			got, err := NewSampler(s.Name, levels, options)
			if slices.Contains(takers[name], s.Name) {
				plain := must[Sampler](t)(NewSampler(s.Name, levels, nil))
				if err != nil || reflect.DeepEqual(got, plain) {
					t.Errorf("%s with %s: the same sampler as without, or error %v", s.Name, name, err)
				}
				options[name] = fmt.Sprint(options[name])
				text := must[Sampler](t)(NewSampler(s.Name, levels, options))
				if !reflect.DeepEqual(text, got) {
					t.Errorf("%s with %s: another sampler by the text of the value", s.Name, name)
				}
				continue
			}
			var unused *UnusedOptionError
			if !errors.As(err, &unused) || unused.Option != name || unused.Sampler != s.Name ||
				!slices.Equal(unused.Takers, takers[name]) ||
				!strings.Contains(err.Error(), takers[name][0]) {
				t.Errorf("%s with %s: error %v, want one of an option that is not used", s.Name, name, err)
			}
		}
	}
}

// TestOptionsDirect: options by themselves make the sampler of the name, with their defaults.
func TestOptionsDirect(t *testing.T) {
	got := must[Sampler](t)(HeunOptions{Levels: 5, Churn: 3}.Sampler(Range{2, 1}))
	want := must[Sampler](t)(NewSampler("heun", Range{2, 1}, Options{"Levels": 5, "Churn": 3}))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for _, s := range Samplers() {
		got := must[Sampler](t)(s.Options.Sampler(Range{2, 1}))
		if !reflect.DeepEqual(got, must[Sampler](t)(NewSampler(s.Name, Range{2, 1}, nil))) {
			t.Errorf("%s: another sampler by its options", s.Name)
		}
	}
}

// TestPredictorOptions: a sampler with a corrector has the options of its predictor, and of no other.
func TestPredictorOptions(t *testing.T) {
	with := must[Sampler](t)(NewSampler("pc", Range{2, 1}, Options{"Predictor": "consistent", "Eta": 0.0011}))
	without := must[Sampler](t)(NewSampler("pc", Range{2, 1}, Options{"Predictor": "consistent"}))
	if reflect.DeepEqual(with, without) {
		t.Error("pc with the predictor consistent takes no notice of Eta")
	}
	for _, predictor := range []string{"reverse", "ancestral", "ddim"} {
		_, err := NewSampler("pc", Range{2, 1}, Options{"Eta": 0.0011, "Predictor": predictor})
		want := fmt.Sprintf("smld: the option Eta does nothing with the sampler pc with the predictor %s; "+
			"it is for consistent, dpm2m-sde, dpm3m-sde, pc with the predictor consistent", predictor)
		if err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// TestSamplersDocumented: docs/samplers.md has a line for each sampler, with its description.
func TestSamplersDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/samplers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Samplers() {
		var defaults []string
		for _, o := range s.List() {
			if o.Default != "" {
				defaults = append(defaults, fmt.Sprintf("%s %s", o.Name, o.Default))
			}
		}
		line := fmt.Sprintf("| `%s` | %s | %s |", s.Name, s.Doc, strings.Join(defaults, ", "))
		if !strings.Contains(string(text), line) {
			t.Errorf("docs/samplers.md has no line that begins with\n%s", line)
		}
	}
}
