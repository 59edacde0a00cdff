package kernels

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/internal/implementation"
)

// backend is an implementation of the kernels.
type backend string

const (
	generic backend = "generic"
	avx2    backend = "avx2"
	avx512  backend = "avx512" // AVX2, and AVX-512 where it is faster
	neon    backend = "neon"
)

// active is the implementation in use. It is a variable that is compared, not a table of function pointers.
// The compiler so sees which function is called, and that its arguments do not escape.
var active, initialErr = initial(os.Getenv("LANGEVIN_BACKEND"))

// programs is active as a number: the functions that dispatch compare it in one instruction.
var programs = slices.Index(numbered, active)

var numbered = []backend{
	genericPrograms: generic, avx2Programs: avx2, avx512Programs: avx512, neonPrograms: neon,
}

const (
	genericPrograms = iota
	avx2Programs
	avx512Programs
	neonPrograms
)

// initial picks the implementation at start: the one that name asks for. It picks the first that this machine
// runs where name is not the name of any.
func initial(name string) (backend, error) {
	b, err := find(name)
	if err != nil {
		return available[0], fmt.Errorf("LANGEVIN_BACKEND: %w", err)
	}
	return b, nil
}

// find returns the implementation of a name, in letters of either case. "auto" and "" mean the fastest.
func find(name string) (backend, error) {
	lower := backend(strings.ToLower(name))
	if lower == "" || lower == "auto" {
		return available[0], nil
	}
	if slices.Contains(available, lower) {
		return lower, nil
	}
	return "", fmt.Errorf("no implementation %q on this machine, which has %s; auto takes the first",
		name, strings.Join(backends(), ", "))
}

// BackendError returns an error if the environment variable LANGEVIN_BACKEND asks for an implementation that
// this machine does not have. The fastest is in use then.
func BackendError() error { return initialErr }

// Backend returns the name of the implementation in use: "avx512", "avx2", "neon" or "generic". All of them
// return the same bits.
func Backend() string { return string(active) }

func init() { implementation.Register(backends, useBackend, &processors) }

// backends returns the names of the implementations that this machine runs, fastest first.
func backends() []string {
	names := make([]string, len(available))
	for i, b := range available {
		names[i] = string(b)
	}
	return names
}

// useBackend selects an implementation by name, for tests and benchmarks.
func useBackend(name string) error {
	b, err := find(name)
	if err != nil {
		return fmt.Errorf("kernels: %w", err)
	}
	active, programs = b, slices.Index(numbered, b)
	return nil
}
