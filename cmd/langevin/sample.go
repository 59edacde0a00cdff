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
	Model   string `required:"" placeholder:"FILE" help:"Model file."`
	N       int    `default:"100" help:"Number of samples."`
	Sampler string `default:"ancestral" enum:"langevin,annealed,consistent,ancestral,reverse,pc,ddim,heun,rk45" help:"Sampler: ${enum}."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`
	Out     string `required:"" placeholder:"FILE" help:"Samples to write (.npy)."`
	PNG     string `name:"png" placeholder:"FILE" help:"Picture of the samples to write."`

	samplerFlags
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
	x, evaluations, err := s.draw(c, s.Sampler, model, s.N, s.Seed)
	if err != nil {
		return err
	}
	if err := writeSamples(c, s.Out, s.PNG, x, model.Data); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%.4g score evaluations a sample\n", evaluations)
	return nil
}

// writeSamples writes an array of samples and, unless its path is empty, a picture of them, and says so.
func writeSamples(c *console, out, picture string, x kernels.Matrix, data smld.Description) error {
	if err := writeNPY(out, x, data.Shape); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", out)
	if picture == "" {
		return nil
	}
	if err := writePicture(picture, x, data); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", picture)
	return nil
}

// writeNPY writes samples as an array of their number by the shape of one.
func writeNPY(path string, x kernels.Matrix, shape []int) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		return dataset.WriteNPY(w, x, shape...)
	})
}
