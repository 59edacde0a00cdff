package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/cpu"
)

// eachBackend runs f once for every implementation of this machine, as a subtest or sub-benchmark.
func eachBackend[T interface {
	Run(string, func(T)) bool
	testing.TB
}](t T, f func(T)) {
	before := Backend()
	for _, name := range backends() {
		t.Run(name, func(t T) {
			use(t, name)
			f(t)
		})
	}
	use(t, before)
}

func use(t testing.TB, name string) {
	t.Helper()
	if err := useBackend(name); err != nil {
		t.Fatal(err)
	}
	used[name] = true
}

// used are the implementations that tests have used.
var used = map[string]bool{}

// TestMain fails where an implementation did not run that the environment variable LANGEVIN_REQUIRE names, as
// in "avx512,avx2": on another processor, its tests are left out without a word.
func TestMain(m *testing.M) {
	code := m.Run()
	if missing := without(os.Getenv("LANGEVIN_REQUIRE"), used); code == 0 && len(missing) > 0 {
		fmt.Fprintf(os.Stderr, "LANGEVIN_REQUIRE: no test ran %s; this machine has %s\n",
			strings.Join(missing, ", "), strings.Join(backends(), ", "))
		code = 1
	}
	os.Exit(code)
}

// without returns the names of a list, with commas between them, that are not in the set.
func without(list string, set map[string]bool) (missing []string) {
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" && !set[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

func TestWithout(t *testing.T) {
	set := map[string]bool{"avx2": true, "generic": true}
	for list, want := range map[string][]string{
		"": nil, "avx2": nil, " generic,avx2 ": nil, "neon,avx2, avx512": {"neon", "avx512"},
	} {
		if got := without(list, set); !slices.Equal(got, want) {
			t.Errorf("%q is without %v, want %v", list, got, want)
		}
	}
}

// eachFast runs f for every implementation other than the definition.
func eachFast(t *testing.T, f func(t *testing.T, name string)) {
	t.Cleanup(func() { use(t, backends()[0]) })
	for _, name := range backends() {
		if name != string(generic) {
			t.Run(name, func(t *testing.T) { f(t, name) })
		}
	}
}

// same reports the first element in which an implementation's result differs from the definition's. NaNs are
// equal whatever their payload.
func same[T float](t testing.TB, what string, got, want []T) {
	t.Helper()
	for i := range want {
		g, w := bitsOf(got[i]), bitsOf(want[i])
		if g != w && !(got[i] != got[i] && want[i] != want[i]) {
			t.Fatalf("%s: element %d is %v (%x), the definition gives %v (%x)",
				what, i, got[i], g, want[i], w)
		}
	}
}

// bitsOf returns the bits of a number.
func bitsOf[T float](x T) uint64 {
	if unsafe.Sizeof(x) == 4 {
		return uint64(math.Float32bits(float32(x)))
	}
	return math.Float64bits(float64(x))
}

// guardOf is guard for numbers of either type.
func guardOf[T float](t testing.TB, n int, atEnd bool) []T {
	words := guard(t, n*int(unsafe.Sizeof(*new(T)))/4, atEnd)
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(words))), n)
}

// compare calls f with the definition and with a fast implementation on equal, guarded inputs of n elements
// each, and compares every slice afterwards. The slices end where memory ends, or begin where it begins.
func compare[T float](t testing.TB, fast, what string, inputs [][]T, f func(x [][]T)) {
	t.Helper()
	want := make([][]T, len(inputs))
	for i, x := range inputs {
		want[i] = slices.Clone(x)
	}
	use(t, string(generic))
	f(want)
	use(t, fast)
	for _, atEnd := range []bool{true, false} {
		got := make([][]T, len(inputs))
		for i, x := range inputs {
			got[i] = guardOf[T](t, len(x), atEnd)
			copy(got[i], x)
		}
		f(got)
		for i := range want {
			same(t, what, got[i], want[i])
		}
	}
}

// values returns n floats of mixed magnitude, now and then a special one.
func values[T float](r *rand.Rand, n int) []T {
	special := []T{0, T(math.Copysign(0, -1)), 1, -1, 1e-42, -3e-39, 1e38, -2e38,
		T(math.Inf(1)), T(math.Inf(-1)), T(math.NaN())}
	if unsafe.Sizeof(special[0]) == 8 {
		subnormal, large := math.Float64frombits(1<<40), math.Float64frombits(0x7fe<<52)
		special = append(special, T(subnormal), T(-subnormal), T(large), T(-large))
	}
	x := make([]T, n)
	for i := range x {
		x[i] = T(r.NormFloat64() * float64(int(1)<<r.IntN(9)) / 16)
		if r.IntN(40) == 0 {
			x[i] = special[r.IntN(len(special))]
		}
	}
	return x
}

// normals returns n ordinary floats.
func normals[T float](r *rand.Rand, n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = T(r.NormFloat64())
	}
	return x
}

// TestImplementations fails where this machine has an instruction set whose kernels are not in use.
func TestImplementations(t *testing.T) {
	if err := BackendError(); err != nil {
		t.Error(err)
	}
	if os.Getenv("LANGEVIN_BACKEND") == "" && Backend() != backends()[0] {
		t.Errorf("Backend() = %q, want the first of %v", Backend(), backends())
	}
	if got, want := backends(), implementations(); !slices.Equal(got, want) {
		t.Errorf("backends() = %v, want %v", got, want)
	}
}

// implementations returns those that this machine should have, fastest first. What the process sees of the
// processor decides, by another library than the one that chooses: an emulator shows another one than the
// system lists.
func implementations() []string {
	var names []string
	switch {
	case pure:
	case runtime.GOARCH == "arm64": // NEON is part of every arm64
		names = []string{"neon"}
	case runtime.GOARCH == "amd64" && cpu.X86.HasAVX2 && cpu.X86.HasFMA:
		names = []string{"avx2"}
		if x := cpu.X86; x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasBMI2 {
			names = []string{"avx512", "avx2"}
		}
	}
	return append(names, "generic")
}

func TestUnknownBackend(t *testing.T) {
	err := useBackend("sse9")
	if err == nil || !strings.Contains(err.Error(), `"sse9"`) || !strings.Contains(err.Error(), "generic") {
		t.Errorf("useBackend: %v", err)
	}
	b, err := initial("sse9")
	if b != available[0] || err == nil || !strings.Contains(err.Error(), "LANGEVIN_BACKEND") {
		t.Errorf("initial returns %s, %v", b, err)
	}
}

func TestBackendNames(t *testing.T) {
	for name, want := range map[string]backend{
		"": available[0], "auto": available[0], "Auto": available[0], "generic": generic, "GENERIC": generic,
	} {
		if b, err := initial(name); b != want || err != nil {
			t.Errorf("%q is %s, %v, want %s", name, b, err, want)
		}
	}
	defer use(t, Backend())
	for _, name := range backends() {
		if err := useBackend(strings.ToUpper(name)); err != nil || Backend() != name {
			t.Errorf("%s in capitals is %s, %v", name, Backend(), err)
		}
	}
}
