package live

import (
	"path/filepath"
	"runtime"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// about says of each set with a name what it is, and whether it has classes.
var about = map[string]struct {
	text    string
	classes bool
}{
	"digits":       {"handwritten digits of 8x8 pixels", true},
	"8gaussians":   {"eight Gaussians on a circle", true},
	"moons":        {"two half circles that reach into each other", true},
	"swissroll":    {"a spiral of one arm", false},
	"checkerboard": {"the squares of one colour", false},
	"2spirals":     {"two spirals around each other", true},
	"pinwheel":     {"five arms of a wheel", true},
	"25gaussians":  {"25 Gaussians on a grid", true},
	"2gaussians":   {"two Gaussians of unequal weight", true},
}

// hello returns what a listener is told first.
func (s *Session) hello() Hello {
	h := Hello{
		Event: "hello", Session: s.id, Version: s.config.Version, Backend: kernels.Backend(),
		Cores: runtime.GOMAXPROCS(0), Default: smld.DefaultSampler, Limits: s.config.Limits,
		Defaults: s.config.Defaults,
	}
	for _, name := range dataset.Names() {
		choice := DataChoice{Name: name, About: about[name].text}
		if about[name].classes {
			choice.Labels = setup.OwnClasses
		}
		h.Data = append(h.Data, choice)
	}
	for _, path := range s.config.Choices {
		h.Data = append(h.Data, DataChoice{Name: path, About: "the file " + filepath.Base(path)})
	}
	for _, sampler := range smld.Samplers() {
		info := SamplerInfo{Name: sampler.Name, Doc: sampler.Doc, Options: []OptionInfo{}}
		for _, o := range sampler.List() {
			info.Options = append(info.Options, OptionInfo{
				Name: o.Name, Type: o.Type.String(), Default: o.Default, Limits: o.Limits, Help: o.Help,
			})
		}
		h.Samplers = append(h.Samplers, info)
	}
	return h
}
