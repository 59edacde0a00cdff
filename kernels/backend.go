package kernels

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// backend is an implementation of the kernels.
type backend string

const (
	generic backend = "generic"
	avx2    backend = "avx2"
	avx512  backend = "avx512" // AVX2, and AVX-512 where it is faster
	neon    backend = "neon"
)

// active is the implementation in use. It is a variable that is compared, not a table of function pointers, so that
// the compiler still sees which function is called and that its arguments do not escape.
var active = initial(os.Getenv("LANGEVIN_BACKEND"))

// initial picks the implementation at start: the first that this machine runs, unless name asks for one.
func initial(name string) backend {
	if name == "" {
		return available[0]
	}
	b, err := find(name)
	if err != nil {
		panic("langevin: LANGEVIN_BACKEND: " + err.Error())
	}
	return b
}

func find(name string) (backend, error) {
	if i := slices.Index(available, backend(name)); i >= 0 {
		return available[i], nil
	}
	return "", fmt.Errorf("no implementation %q on this machine, which has %s", name, strings.Join(Backends(), ", "))
}

// Backend returns the name of the implementation in use: "avx512", "avx2", "neon" or "generic". All of them return the same bits.
func Backend() string { return string(active) }

// Backends returns the names of the implementations that this machine runs, fastest first.
func Backends() []string {
	names := make([]string, len(available))
	for i, b := range available {
		names[i] = string(b)
	}
	return names
}

// Use selects an implementation by name, for tests and benchmarks. It must not be called while kernels run.
func Use(name string) error {
	b, err := find(name)
	if err != nil {
		return fmt.Errorf("kernels: Use: %w", err)
	}
	active = b
	return nil
}
