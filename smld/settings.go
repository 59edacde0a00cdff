package smld

import (
	"fmt"
	"slices"
	"strings"
)

// Settings are what NewSampler makes a sampler from. A zero stands for the default that the sampler's
// documentation names. A setting that the sampler does not have is an error, an UnusedSettingError. All have
// SigmaMax, SigmaMin and NoDenoise.
type Settings struct {
	// The first and the last noise level, in units of the points. They have no default. langevin runs at
	// SigmaMin alone.
	SigmaMax, SigmaMin float64
	Levels             int     // noise levels; of all but langevin
	Steps              int     // of langevin in all, or of annealed at each level
	Eps                float64 // step size of langevin and annealed, in units of SigmaMin^2
	// Eta is the step of consistent, and of pc with the predictor consistent. Of dpm2m-sde and dpm3m-sde it
	// is how much noise a step adds, in parts of the reverse-time SDE's.
	Eta                float64
	Predictor          string  // of pc: ancestral, reverse, consistent or ddim
	Corrections        int     // steps of pc's corrector at each level
	SNR                float64 // of pc's corrector
	LiteralSNR         bool    // of pc's corrector, see PredictorCorrector
	Rho                float64 // of the levels of heun, lms and DPM-Solver++
	Order              int     // of lms, 1 to 4
	Churn              float64 // of heun
	ChurnMin, ChurnMax float64 // levels between which heun churns; a ChurnMax of 0 is no limit
	Noise              float64 // of heun's churn, dpm2m-sde and dpm3m-sde: its standard deviation
	RelTol, AbsTol     float64 // of rk45
	NoDenoise          bool    // leave out the last step, which takes away the noise of SigmaMin
}

// set returns the names of the settings that are not zero and that some samplers do not have.
func (s Settings) set() []string {
	var names []string
	for _, c := range []struct {
		name string
		set  bool
	}{
		{"Levels", s.Levels != 0},
		{"Steps", s.Steps != 0},
		{"Eps", s.Eps != 0},
		{"Eta", s.Eta != 0},
		{"Predictor", s.Predictor != ""},
		{"Corrections", s.Corrections != 0},
		{"SNR", s.SNR != 0},
		{"LiteralSNR", s.LiteralSNR},
		{"Rho", s.Rho != 0},
		{"Order", s.Order != 0},
		{"Churn", s.Churn != 0},
		{"ChurnMin", s.ChurnMin != 0},
		{"ChurnMax", s.ChurnMax != 0},
		{"Noise", s.Noise != 0},
		{"RelTol", s.RelTol != 0},
		{"AbsTol", s.AbsTol != 0},
	} {
		if c.set {
			names = append(names, c.name)
		}
	}
	return names
}

// UnusedSettingError is NewSampler's error about a setting that the sampler does not have.
type UnusedSettingError struct {
	Setting string   // the field of Settings
	Sampler string   // the sampler's name, with its predictor if that decides
	Takers  []string // the samplers that have the setting
}

// Error speaks of the setting by the name of its field.
func (e *UnusedSettingError) Error() string { return "smld: " + e.Describe("the setting "+e.Setting) }

// Describe is the error about a setting that its user knows by another name, such as a flag's.
func (e *UnusedSettingError) Describe(setting string) string {
	return fmt.Sprintf("%s does nothing with the sampler %s; it is for %s",
		setting, e.Sampler, strings.Join(e.Takers, ", "))
}

// checkUsed returns an error about the first of the settings that the sampler does not have.
func checkUsed(sampler namedSampler, s Settings) error {
	predictor, has := namedSampler{}, sampler.has
	if slices.Contains(has, "Predictor") {
		var err error
		if predictor, err = find(predictors, "predictor", or(s.Predictor, defaultPredictor)); err != nil {
			return err
		}
		has = slices.Concat(has, predictor.has)
	}
	for _, setting := range s.set() {
		if slices.Contains(has, setting) {
			continue
		}
		e := &UnusedSettingError{Setting: setting, Sampler: sampler.name, Takers: takers(setting)}
		if predictor.name != "" && slices.Contains(consistentSampler.has, setting) {
			e.Sampler = withPredictor(sampler, predictor) // which has not, where another would
		}
		return e
	}
	return nil
}

// takers returns the samplers that have a setting, by themselves or by their predictor.
func takers(setting string) []string {
	var names []string
	for _, sampler := range samplers {
		if slices.Contains(sampler.has, setting) {
			names = append(names, sampler.name)
			continue
		}
		for _, p := range predictors {
			if slices.Contains(sampler.has, "Predictor") && slices.Contains(p.has, setting) {
				names = append(names, withPredictor(sampler, p))
			}
		}
	}
	return names
}

func withPredictor(sampler, predictor namedSampler) string {
	return sampler.name + " with the predictor " + predictor.name
}
