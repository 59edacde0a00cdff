// Command gemm times C = op(A)*op(B) for triples m n k. It works in the way of the C driver in bench/peers,
// so that the two can be run alternately. The output has the same format, a line for each triple: m n k,
// microseconds and GFlop/s of the best of several repeats.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

func main() {
	threads := flag.Int("threads", 1, "cores to use")
	use := flag.String("use", "", "implementation: avx512, avx2, neon, generic, or auto for the fastest; "+
		"by default LANGEVIN_BACKEND's")
	var form form
	flag.BoolVar(&form.transA, "ta", false, "A is transposed")
	flag.BoolVar(&form.transB, "tb", false, "B is transposed")
	flag.BoolVar(&form.double, "double", false, "float64 instead of float32")
	flag.BoolVar(&form.packed, "packed", false, "B is packed beforehand")
	count := flag.Int("draw", 0, "time so many shapes of random sizes, where no triples are given")
	seed := flag.Uint64("seed", 1, "seed of these shapes")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: gemm [flags] m n k [m n k ...]\n"+
			"       gemm [flags] -draw count")
		flag.PrintDefaults()
	}
	flag.Parse()
	runtime.GOMAXPROCS(*threads)
	shapes, err := choose(*use, form, flag.Args(), *seed, *count)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gemm:", err)
		os.Exit(2)
	}
	for _, s := range shapes {
		seconds := best(form.product(s))
		fmt.Printf("%v %.5f %.3f\n", s, seconds*1e6, s.Flop()/seconds*1e-9)
	}
}

// choose selects an implementation and returns the shapes to time.
func choose(use string, form form, triples []string, seed uint64, count int) ([]shape.Shape, error) {
	if form.double && form.packed {
		return nil, errors.New("-packed has no -double: weights are packed in float32")
	}
	if err := kernels.BackendError(); err != nil && use == "" {
		return nil, err
	}
	if use != "" {
		if err := implementation.Use(use); err != nil {
			return nil, err
		}
	}
	if len(triples) > 0 && count == 0 {
		return shape.Parse(triples)
	}
	if len(triples) > 0 || count < 1 {
		return nil, errors.New("want either triples m n k or -draw with a positive number")
	}
	return shape.Draw(seed, count), nil
}
