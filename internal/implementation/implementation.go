// Package implementation selects among the implementations of package kernels, and how many processors they
// count on, for tests and benchmarks of this module. Programs take what kernels chooses at start; all return the
// same bits.
package implementation

var (
	all        func() []string
	use        func(name string) error
	processors *int
)

// Register sets what All, Use and Processors reach. Package kernels does so at start, and its importers may use
// them from then on.
func Register(names func() []string, choose func(name string) error, count *int) {
	all, use, processors = names, choose, count
}

// Processors has kernels take n for the number of processors that the process may use, so that GOMAXPROCS alone
// bounds theirs, and returns the number before. It must not be called while kernels run.
func Processors(n int) (before int) {
	before, *processors = *processors, n
	return before
}

// All returns the names of the implementations that this machine runs, fastest first.
func All() []string { return all() }

// Use selects an implementation by name, "auto" for the fastest. It must not be called while kernels run.
func Use(name string) error { return use(name) }
