package main

import "fmt"

// eval is the command that measures samples.
type eval struct {
	Data    string `placeholder:"NAME|FILE" help:"Data."`
	Sampler string `placeholder:"NAME" help:"Sampler."`
	N       int    `default:"10000" help:"Samples."`
	Repeats int    `default:"10" help:"Repetitions."`
	Seed    uint64 `default:"1" help:"Seed."`
	JSON    bool   `name:"json"`
	Exact   bool
}

func (e *eval) Run(c *console) error {
	if e.Exact {
		return e.exact(c)
	}
	return fmt.Errorf("not yet")
}
