package bench

import (
	"os"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// genericWork is the least number of floating-point operations in one call for which the pure Go
// implementation is left out. Its emulated fused multiply-add takes about half a second for so many.
const genericWork = 300e6

// implementations returns the names of the implementations to measure, fastest first. They are all that this
// machine runs, or the one that LANGEVIN_BACKEND asks for.
func implementations() []string {
	if os.Getenv("LANGEVIN_BACKEND") != "" {
		return []string{kernels.Backend()}
	}
	return implementation.All()
}

// each runs body as sub-benchmark name/implementation for each implementation, with that implementation in
// use. It leaves out an implementation that would not finish work floating-point operations in reasonable
// time. The implementation in use before is back in use after each.
func each(b *testing.B, name string, work float64, body func(b *testing.B)) {
	before := kernels.Backend()
	for _, backend := range implementations() {
		if backend == "generic" && work > genericWork {
			continue
		}
		b.Run(name+"/"+backend, func(b *testing.B) {
			use(b, backend)
			b.Cleanup(func() { use(b, before) })
			body(b)
		})
	}
}

func use(tb testing.TB, backend string) {
	if err := implementation.Use(backend); err != nil {
		tb.Fatal(err)
	}
}

// measure times f and returns the nanoseconds of a call.
func measure(b *testing.B, f func()) float64 {
	// The first call is not measured. It starts the kernels' workers and allocates what later calls reuse.
	f()
	for b.Loop() {
		f()
	}
	return float64(b.Elapsed().Nanoseconds()) / float64(b.N)
}

// perElement times f, which handles n elements.
func perElement(b *testing.B, n int, f func()) {
	b.ReportMetric(measure(b, f)/float64(n), "ns/elt")
}
