package main

import (
	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// given returns the names of the flags that the command line has, without those of a file of settings.
func given(k *kong.Context) map[string]bool {
	names := map[string]bool{}
	for _, p := range k.Path {
		if p.Flag != nil && !p.Resolved {
			names[p.Flag.Name] = true
		}
	}
	return names
}

// inert is the error of a flag that would do nothing, or nil where none of them is given.
func inert(given map[string]bool, why string, flags ...string) error {
	for _, f := range flags {
		if given[f] {
			return usage("--%s does nothing %s: leave it out", f, why)
		}
	}
	return nil
}

// checkFlags returns an error for flags that do nothing beside the others.
func (t *train) checkFlags() error {
	if t.Dir == "" {
		const why = "without --dir, which makes a run directory"
		if err := inert(t.given, why, "checkpoint", "checkpoint-steps", "keep", "eval-steps", "hold-out"); err != nil {
			return err
		}
		if t.JSON && t.LogSteps < 1 {
			return usage("--log-steps %d: want at least 1", t.LogSteps)
		}
		if !t.JSON {
			if err := inert(t.given, "without --dir or --json", "log-steps"); err != nil {
				return err
			}
		}
	}
	if t.Shift == 0 {
		return inert(t.given, "without --shift", "augment-labels")
	}
	return nil
}

// checkNoise returns an error for flags of log-normal noise levels where the levels are others. Which they are
// is known when the data has chosen.
func (t *train) checkNoise() error {
	if t.Noise == string(smld.LogNormal) {
		return nil
	}
	return inert(t.given, "with --noise "+t.Noise+", it is for log-normal", "log-mean", "log-std")
}

// checkFlags returns an error for flags that do nothing beside the others.
func (e *eval) checkFlags(given map[string]bool) error {
	if e.Exact {
		return inert(given, "with --exact, which measures mixtures and no model", "model", "delimiter", "header", "shape",
			"class", "guidance", "shard", "shards", "parts")
	}
	return inert(given, "without --exact", "repeats")
}

// checkTogether returns an error for options of a sampler that do nothing without another.
func checkTogether(sampler string, options smld.Options) error {
	if _, ok := options["Churn"]; sampler != "heun" || ok {
		return nil
	}
	for _, name := range []string{"ChurnMin", "ChurnMax", "Noise"} {
		if _, ok := options[name]; ok {
			return usage("--%s does nothing with the sampler %s without --churn: leave it out", setup.OptionFlag(name), sampler)
		}
	}
	return nil
}
