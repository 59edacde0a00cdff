package main

import "fmt"

// conditions are what all rows of a measurement have in common.
type conditions struct {
	threads        int
	double         bool
	transA, transB bool
	use            string  // our implementation
	cores          string  // the type of core that each peer has taken its kernels for
	link           float64 // seconds of a link in a chain of fused multiply-adds
}

func (c conditions) String() string {
	threads := "1 thread"
	if c.threads > 1 {
		threads = fmt.Sprintf("%d threads", c.threads)
	}
	return fmt.Sprintf("%s, %s, %s, %s", c.precision(), c.form(), c.use, threads)
}

// precision returns the name of the elements' type.
func (c conditions) precision() string {
	if c.double {
		return "float64"
	}
	return "float32"
}

// form returns what is transposed, the way BLAS says it: TN has A transposed.
func (c conditions) form() string {
	letter := map[bool]string{false: "N", true: "T"}
	return letter[c.transA] + letter[c.transB]
}

// options returns the drivers' options.
func (c conditions) options() []string {
	var list []string
	if c.double {
		list = append(list, "-double")
	}
	if c.transA {
		list = append(list, "-ta")
	}
	if c.transB {
		list = append(list, "-tb")
	}
	return list
}

// lanes returns how many elements a vector has.
func (c conditions) lanes() int {
	lanes := map[string]int{"avx512": 16, "avx2": 8, "neon": 4}[c.use]
	if lanes == 0 {
		return 1
	}
	if c.double {
		return lanes / 2
	}
	return lanes
}
