package kernels

import (
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// eachBackend runs f once for every implementation of this machine, as a subtest or sub-benchmark.
func eachBackend[T interface {
	Run(string, func(T)) bool
	testing.TB
}](t T, f func(T)) {
	before := Backend()
	for _, name := range Backends() {
		t.Run(name, func(t T) {
			use(t, name)
			f(t)
		})
	}
	use(t, before)
}

func use(t testing.TB, name string) {
	t.Helper()
	if err := Use(name); err != nil {
		t.Fatal(err)
	}
}

// eachFast runs f for every implementation other than the definition.
func eachFast(t *testing.T, f func(t *testing.T, name string)) {
	t.Cleanup(func() { use(t, Backends()[0]) })
	for _, name := range Backends() {
		if name != string(generic) {
			t.Run(name, func(t *testing.T) { f(t, name) })
		}
	}
}

// same reports the first element in which an implementation's result differs from the definition's. NaNs are equal
// whatever their payload.
func same(t testing.TB, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		g, w := math.Float32bits(got[i]), math.Float32bits(want[i])
		if g != w && !(got[i] != got[i] && want[i] != want[i]) {
			t.Fatalf("%s: element %d is %v (%08x), the definition gives %v (%08x)", what, i, got[i], g, want[i], w)
		}
	}
}

// compare calls f with the definition and with a fast implementation on equal, guarded inputs of n elements each, and
// compares every slice afterwards. The slices end where memory ends, or begin where it begins.
func compare(t testing.TB, fast, what string, inputs [][]float32, f func(x [][]float32)) {
	t.Helper()
	want := make([][]float32, len(inputs))
	for i, x := range inputs {
		want[i] = slices.Clone(x)
	}
	use(t, string(generic))
	f(want)
	use(t, fast)
	for _, atEnd := range []bool{true, false} {
		got := make([][]float32, len(inputs))
		for i, x := range inputs {
			got[i] = guard(t, len(x), atEnd)
			copy(got[i], x)
		}
		f(got)
		for i := range want {
			same(t, what, got[i], want[i])
		}
	}
}

// values returns n floats of mixed magnitude, now and then a special one.
func values(r *rand.Rand, n int) []float32 {
	special := []float32{0, float32(math.Copysign(0, -1)), 1, -1, 1e-42, -3e-39, 1e38, -2e38,
		float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64() * math.Exp2(float64(r.IntN(9)-4)))
		if r.IntN(40) == 0 {
			x[i] = special[r.IntN(len(special))]
		}
	}
	return x
}

// normals returns n ordinary floats.
func normals(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// TestImplementations fails where the machine has an instruction set whose kernels are not in use.
func TestImplementations(t *testing.T) {
	if os.Getenv("LANGEVIN_BACKEND") == "" && Backend() != Backends()[0] {
		t.Errorf("Backend() = %q, want the first of %v", Backend(), Backends())
	}
	switch {
	case !pure && runtime.GOARCH == "arm64": // NEON is part of every arm64
		if got := Backends(); !slices.Equal(got, []string{"neon", "generic"}) {
			t.Errorf("Backends() = %v, want neon and generic", got)
		}
		return
	case pure || runtime.GOARCH != "amd64":
		if got := Backends(); !slices.Equal(got, []string{"generic"}) {
			t.Errorf("Backends() = %v, want generic", got)
		}
		return
	case runtime.GOOS != "linux":
		t.Skip("no list of the processor's instruction sets to compare with")
	}
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		t.Skip(err)
	}
	flags := strings.Fields(string(info))
	has2 := slices.Contains(flags, "avx2") && slices.Contains(flags, "fma")
	has512 := has2 && slices.Contains(flags, "avx512f")
	if got := Backends(); slices.Contains(got, "avx2") != has2 || slices.Contains(got, "avx512") != has512 {
		t.Errorf("the system lists AVX2 and FMA: %v, AVX-512: %v; Backends() = %v", has2, has512, got)
	}
}

func TestUnknownBackend(t *testing.T) {
	err := Use("sse9")
	if err == nil || !strings.Contains(err.Error(), `"sse9"`) || !strings.Contains(err.Error(), "generic") {
		t.Errorf("Use: %v", err)
	}
	defer func() {
		if s, _ := recover().(string); !strings.Contains(s, "LANGEVIN_BACKEND") {
			t.Errorf("initial panics with %q", s)
		}
	}()
	initial("sse9")
}
