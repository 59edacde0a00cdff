package main

import (
	"fmt"
	"io"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// sample is the command that draws samples.
type sample struct {
	Model   string  `required:"" placeholder:"FILE" help:"Model file."`
	N       int     `default:"100" help:"Number of samples."`
	Sampler string  `default:"ancestral" enum:"langevin,annealed,ancestral" help:"Sampler: ${enum}."`
	Seed    uint64  `default:"1" help:"Seed of everything random."`
	Out     string  `required:"" placeholder:"FILE" help:"Samples to write (.npy)."`
	PNG     string  `name:"png" placeholder:"FILE" help:"Picture of the samples to write."`
	Steps   int     `placeholder:"N" help:"Steps of langevin (default 1000), or steps a level of annealed (default 10)."`
	Eps     float64 `default:"0.1" help:"Step size of langevin and annealed, in units of the smallest noise level squared."`
	Denoise bool    `default:"true" negatable:"" help:"End with a denoising step."`
}

// Run draws and saves the samples.
func (s *sample) Run(c *console) error {
	for _, path := range []string{s.Out, s.PNG} {
		if path == "" {
			continue
		}
		if err := checkOutput(path); err != nil {
			return err
		}
	}
	model, err := smld.LoadModel(s.Model)
	if err != nil {
		return err
	}
	x, err := s.draw(c, model)
	if err != nil {
		return err
	}
	if err := writeNPY(s.Out, x, model.Data.Shape); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", s.Out)
	if s.PNG == "" {
		return nil
	}
	if err := writePicture(s.PNG, x, model.Data); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", s.PNG)
	return nil
}

// draw returns the samples, a row each.
func (s *sample) draw(c *console, m *smld.Model) (kernels.Matrix, error) {
	const most = 1 << 30
	if s.N < 1 || s.N > most/m.Dim() {
		return kernels.Matrix{}, fmt.Errorf("%d samples: want between 1 and %d of this model", s.N, most/m.Dim())
	}
	steps, start, err := s.plan(m)
	if err != nil {
		return kernels.Matrix{}, err
	}
	x := kernels.NewMatrix(s.N, m.Dim())
	smld.Prior(x, m.Mean, start, s.Seed, 0)
	bar := newProgress(c.log, "sampling", len(steps))
	defer bar.finish()
	err = smld.Run(m.Score(), x, steps, s.Seed, 0, func(done int) error {
		bar.step(done, func() string { return fmt.Sprintf("sigma %.3g", steps[done-1].Sigma) })
		return nil
	})
	return x, err
}

// plan returns the sampler's steps and the standard deviation that it starts from.
func (s *sample) plan(m *smld.Model) (steps []smld.Step, start float32, err error) {
	if s.Steps < 0 {
		return nil, 0, fmt.Errorf("%d steps: want at least 1", s.Steps)
	}
	last := m.Sigmas[len(m.Sigmas)-1]
	eps := s.Eps * float64(last) * float64(last)
	start = m.Sigmas[0]
	switch s.Sampler {
	case "langevin":
		// Plain dynamics at the smallest level, from a cloud as wide as the data. Its drift is eps/2 where the annealed
		// sampler's is eps.
		start = m.Std
		steps, err = smld.LangevinDynamics(last, 2*eps, orDefault(s.Steps, 1000))
	case "annealed":
		steps, err = smld.AnnealedLangevin(m.Sigmas, eps, orDefault(s.Steps, 10))
	case "ancestral":
		steps, err = smld.Ancestral(m.Sigmas)
		if !s.Denoise && err == nil {
			steps = steps[:len(steps)-1]
		}
		return steps, start, err
	}
	if err == nil && s.Denoise {
		steps = append(steps, smld.Denoise(last))
	}
	return steps, start, err
}

func orDefault(n, byDefault int) int {
	if n == 0 {
		return byDefault
	}
	return n
}

// writeNPY writes samples as an array of their number by the shape of one.
func writeNPY(path string, x kernels.Matrix, shape []int) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		return dataset.WriteNPY(w, x, shape...)
	})
}
