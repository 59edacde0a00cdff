// Package implementation selects among the implementations of package kernels, for tests and benchmarks of
// this module. Programs take the one that kernels chooses at start; all return the same bits.
package implementation

var (
	all func() []string
	use func(name string) error
)

// Register sets what All and Use call. Package kernels does so at start, and its importers may use them from
// then on.
func Register(names func() []string, choose func(name string) error) { all, use = names, choose }

// All returns the names of the implementations that this machine runs, fastest first.
func All() []string { return all() }

// Use selects an implementation by name, "auto" for the fastest. It must not be called while kernels run.
func Use(name string) error { return use(name) }
