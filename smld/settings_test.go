package smld

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestSettings sets each field of Settings for each sampler. Either the sampler comes out another, or the
// error names the field, the sampler, and the samplers that have the field.
func TestSettings(t *testing.T) {
	const multistep = " lms dpm2m dpm3m dpm2m-sde dpm3m-sde"
	takers := map[string]string{
		"Levels": "annealed consistent ancestral reverse pc ddim heun rk45" + multistep,
		"Steps":  "langevin annealed", "Eps": "langevin annealed",
		"Eta": "consistent dpm2m-sde dpm3m-sde", "Predictor": "pc", "Corrections": "pc",
		"SNR": "pc", "LiteralSNR": "pc",
		"Rho": "heun" + multistep, "Churn": "heun", "ChurnMin": "heun", "ChurnMax": "heun",
		"Noise": "heun dpm2m-sde dpm3m-sde", "Order": "lms",
		"RelTol": "rk45", "AbsTol": "rk45", "NoDenoise": strings.Join(SamplerNames(), " "),
	}
	for field := range reflect.TypeFor[Settings]().Fields() {
		if field.Name == "SigmaMax" || field.Name == "SigmaMin" {
			continue
		}
		have, ok := takers[field.Name]
		if !ok {
			t.Errorf("the test knows no setting %s", field.Name)
		}
		for _, name := range SamplerNames() {
			s := Settings{SigmaMax: 2, SigmaMin: 1}
			plain := must[Sampler](t)(NewSampler(name, s))
			switch v := reflect.ValueOf(&s).Elem().FieldByIndex(field.Index); v.Kind() {
			case reflect.Int:
				v.SetInt(7)
				if field.Name == "Order" {
					v.SetInt(3)
				}
			case reflect.Float64:
				v.SetFloat(0.0011) // as an eta above its least with 1000 levels, 1-gamma
				if field.Name == "Rho" {
					v.SetFloat(3)
				}
			case reflect.Bool:
				v.SetBool(true)
			default:
				v.SetString("ddim")
			}
			got, err := NewSampler(name, s)
			if slices.Contains(strings.Fields(have), name) {
				if err != nil || reflect.DeepEqual(got, plain) {
					t.Errorf("%s with %s: the same sampler as without, or error %v", name, field.Name, err)
				}
				continue
			}
			var unused *UnusedSettingError
			if !errors.As(err, &unused) || unused.Setting != field.Name ||
				!strings.HasPrefix(unused.Sampler, name) {
				t.Errorf("%s with %s: error %v, want one of a setting that is not used",
					name, field.Name, err)
				continue
			}
			for _, taker := range strings.Fields(have) {
				if !slices.Contains(unused.Takers, taker) || !strings.Contains(err.Error(), taker) {
					t.Errorf("%s with %s: error %v, want one that names %s", name, field.Name, err, taker)
				}
			}
		}
	}
}

// TestPredictorSettings: a sampler with a corrector has the settings of its predictor, and of no other.
func TestPredictorSettings(t *testing.T) {
	s := Settings{SigmaMax: 2, SigmaMin: 1, Eta: 0.0011, Predictor: "consistent"}
	with := must[Sampler](t)(NewSampler("pc", s))
	s.Eta = 0
	if reflect.DeepEqual(with, must[Sampler](t)(NewSampler("pc", s))) {
		t.Error("pc with the predictor consistent takes no notice of Eta")
	}
	for _, predictor := range []string{"", "reverse", "ancestral", "ddim"} {
		_, err := NewSampler("pc", Settings{SigmaMax: 2, SigmaMin: 1, Eta: 0.0011, Predictor: predictor})
		want := fmt.Sprintf("smld: the setting Eta does nothing with the sampler pc with the predictor %s; "+
			"it is for consistent, pc with the predictor consistent, dpm2m-sde, dpm3m-sde",
			or(predictor, "reverse"))
		if err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	for _, name := range SamplerNames() {
		if _, err := NewSampler(name, Settings{SigmaMax: 2, SigmaMin: 1, Predictor: "nonsense"}); err == nil {
			t.Errorf("%s takes a predictor that there is not", name)
		}
	}
}
