package smld

import (
	"errors"
	"fmt"
	"math"
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

// TestOptionLimits: each option takes the numbers at its limits and none beyond them, by name and directly.
// Without limits it takes none that is negative or not finite, and zero only where that is no default.
func TestOptionLimits(t *testing.T) {
	levels := Range{2, 1}
	for _, s := range Samplers() {
		for _, o := range s.List() {
			if k := o.Type.Kind(); k != reflect.Int && k != reflect.Float64 {
				continue
			}
			f, _ := reflect.TypeOf(s.Options).FieldByName(o.Name)
			wrong := []float64{-1}
			if o.Default != "" {
				wrong = append(wrong, 0)
			}
			if least := limit(f, "least", 0); least > 0 {
				wrong = append(wrong, least/2)
			}
			if most := limit(f, "most", math.MaxFloat64); most < math.MaxFloat64 {
				wrong = append(wrong, most+1)
			}
			if o.Type.Kind() == reflect.Float64 {
				wrong = append(wrong, math.NaN(), math.Inf(1))
			} else if o.Limits == "" {
				t.Errorf("%s: the whole number %s has no limits", s.Name, o.Name)
			}
			for _, x := range wrong {
				value := reflect.ValueOf(x).Convert(o.Type).Interface()
				checkOptionError(t, s, levels, o, value)
			}
			for _, tag := range []string{"least", "most"} {
				x := limit(f, tag, 0)
				if x == 0 || s.Name == "pc" && o.Name == "Eta" || s.Name == "consistent" && o.Name == "Eta" {
					continue // of its own limits, see TestNewSamplerErrors
				}
				value := reflect.ValueOf(x).Convert(o.Type).Interface()
				if _, err := NewSampler(s.Name, levels, Options{o.Name: value}); err != nil {
					t.Errorf("%s: %v", s.Name, err)
				}
			}
		}
	}
}

// checkOptionError fails the test unless the value makes an OptionError of the option, by name and directly.
// Directly zero is like no value.
func checkOptionError(t *testing.T, s NamedSampler, levels Range, o Option, value any) {
	t.Helper()
	direct := reflect.New(reflect.TypeOf(s.Options)).Elem()
	field := direct.FieldByName(o.Name)
	field.Set(reflect.ValueOf(value))
	_, byName := s.With(Options{o.Name: value})
	errs := []error{byName}
	if !field.IsZero() {
		_, err := direct.Interface().(SamplerOptions).Sampler(levels)
		errs = append(errs, err)
	}
	for i, err := range errs {
		var wrong *OptionError
		if !errors.As(err, &wrong) || wrong.Option != o.Name || o.Limits != "" && wrong.Want != o.Limits {
			t.Errorf("%s with %s of %v: error %d is %v", s.Name, o.Name, value, i, err)
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
