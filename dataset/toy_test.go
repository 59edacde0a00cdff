package dataset

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func mustToy(t *testing.T, name string, seed uint64) Source {
	t.Helper()
	s, err := Toy(name, seed)
	if err != nil {
		t.Fatal(err)
	}
	if s.Dim() != 2 {
		t.Fatalf("%s has dimension %d", name, s.Dim())
	}
	return s
}

func TestToyPointsDoNotDependOnBatches(t *testing.T) {
	const points = 1300
	for _, name := range ToyNames() {
		want := kernels.NewMatrix(points, 2)
		mustToy(t, name, 9).Batch(want, 77)
		s := mustToy(t, name, 9)
		for _, size := range []int{1, 511, 700} {
			for first := 0; first < points; first += size {
				n := min(size, points-first)
				dst := kernels.Matrix{Rows: n, Cols: 2, Stride: 3, Data: make([]float32, 3*n)}
				s.Batch(dst, 77+uint64(first))
				for r := range n {
					if !slices.Equal(dst.Row(r), want.Row(first+r)) {
						t.Fatalf("%s, batches of %d: point %d is %v, want %v",
							name, size, first+r, dst.Row(r), want.Row(first+r))
					}
				}
			}
		}
		other := kernels.NewMatrix(points, 2)
		mustToy(t, name, 10).Batch(other, 77)
		if slices.Equal(other.Data, want.Data) {
			t.Errorf("%s: seeds 9 and 10 give the same points", name)
		}
	}
}

// TestToyMoments compares means and second moments with those of the definitions.
func TestToyMoments(t *testing.T) {
	const points = 100000
	x := kernels.NewMatrix(points, 2)
	for _, c := range []struct {
		name               string
		mx, my, xx, yy, xy float64
	}{
		{"8gaussians", 0, 0, 8.09, 8.09, 0},
		// On a half circle E cos = 0, E sin = 2/pi and E cos^2 = E sin^2 = 1/2.
		{"moons", 0, 0.3, 3.04, 2.38 - 4/math.Pi, moonsXY},
		{"swissroll", rollMean(math.Cos), rollMean(math.Sin), rollSquare(math.Cos), rollSquare(math.Sin), rollXY},
		{"checkerboard", 0, 0, 16. / 3, 16. / 3, 1},
		{"2spirals", 0, 0, spiralXX, spiralYY, spiralXY},
		{"pinwheel", 0, 0, 2 * 1.10, 2 * 1.10, 0}, // 4 E|r|^2 / 2, E|r|^2 = 1 + 0.09 + 0.01
		{"25gaussians", 0, 0, 8.0025, 8.0025, 0},
		{"2gaussians", 3, 3, 26, 26, 25},
	} {
		mustToy(t, c.name, 1).Batch(x, 0)
		var mx, my, xx, yy, xy float64
		for i := range points {
			a, b := float64(x.Row(i)[0]), float64(x.Row(i)[1])
			mx, my, xx, yy, xy = mx+a, my+b, xx+a*a, yy+b*b, xy+a*b
		}
		for _, m := range []struct {
			name      string
			got, want float64
		}{{"x", mx, c.mx}, {"y", my, c.my}, {"x^2", xx, c.xx}, {"y^2", yy, c.yy}, {"xy", xy, c.xy}} {
			got := m.got / points
			if tolerance := 0.015 * (1 + c.xx); math.Abs(got-m.want) > tolerance {
				t.Errorf("%s: the mean of %s is %.4f, want %.4f", c.name, m.name, got, m.want)
			}
		}
	}
}

// Moments of the curves, by the midpoint rule.
var (
	moonsXY = integrate(func(u float64) float64 {
		s, c := math.Sincos(math.Pi * u)
		outer := (2*c - 1) * (2*s - 0.2)
		inner := (2*(1-c) - 1) * (2*(0.5-s) - 0.2)
		return (outer + inner) / 2
	})
	rollXY = integrate(func(u float64) float64 {
		s, c := math.Sincos(rollT(u))
		return rollT(u) * rollT(u) * s * c / 25
	})
	spiralXX = integrate(func(u float64) float64 {
		n := 3 * math.Pi * math.Sqrt(u)
		return ((0.25-n*math.Cos(n))*(0.25-n*math.Cos(n))+1./48)/9 + 0.01
	})
	spiralYY = integrate(func(u float64) float64 {
		n := 3 * math.Pi * math.Sqrt(u)
		return ((0.25+n*math.Sin(n))*(0.25+n*math.Sin(n))+1./48)/9 + 0.01
	})
	spiralXY = integrate(func(u float64) float64 {
		n := 3 * math.Pi * math.Sqrt(u)
		return (0.25 - n*math.Cos(n)) * (0.25 + n*math.Sin(n)) / 9
	})
)

func rollT(u float64) float64 { return 1.5 * math.Pi * (1 + 2*u) }

func rollMean(f func(float64) float64) float64 {
	return integrate(func(u float64) float64 { return rollT(u) * f(rollT(u)) / 5 })
}

func rollSquare(f func(float64) float64) float64 {
	return integrate(func(u float64) float64 { v := rollT(u) * f(rollT(u)); return (v*v + 1) / 25 })
}

func integrate(f func(float64) float64) float64 {
	const n = 100000
	sum := 0.0
	for i := range n {
		sum += f((float64(i) + 0.5) / n)
	}
	return sum / n
}

func TestCheckerboardSupport(t *testing.T) {
	x := kernels.NewMatrix(20000, 2)
	mustToy(t, "checkerboard", 3).Batch(x, 0)
	counts := map[[2]int]int{}
	for i := range x.Rows {
		a, b := float64(x.Row(i)[0]), float64(x.Row(i)[1])
		if math.Abs(a) > 4 || math.Abs(b) > 4 {
			t.Fatalf("point %d is (%v, %v)", i, a, b)
		}
		// A point that rounding put on the border of its square is left out.
		if a == math.Trunc(a) || b == math.Trunc(b) {
			continue
		}
		counts[[2]int{int(math.Floor(a / 2)), int(math.Floor(b / 2))}]++
	}
	if len(counts) != 8 {
		t.Errorf("%d squares are occupied, want 8", len(counts))
	}
	for square, n := range counts {
		if (square[0]+square[1])&1 != 0 {
			t.Errorf("square %v is occupied", square)
		}
		if n < 2300 || n > 2700 {
			t.Errorf("square %v has %d of 20000 points, want about 2500", square, n)
		}
	}
}

// TestEightGaussians assigns points to the nearest mean and checks the share and the spread of each.
func TestEightGaussians(t *testing.T) {
	means, std := EightGaussians()
	if means.Rows != 8 || means.Cols != 2 || std != 0.3 {
		t.Fatalf("EightGaussians() is %dx%d, %v", means.Rows, means.Cols, std)
	}
	const points = 80000
	x := kernels.NewMatrix(points, 2)
	mustToy(t, "8gaussians", 4).Batch(x, 0)
	var count [8]int
	var sum, square [8][2]float64
	for i := range points {
		best, distance := 0, math.Inf(1)
		for k := range 8 {
			dx, dy := float64(x.Row(i)[0]-means.Row(k)[0]), float64(x.Row(i)[1]-means.Row(k)[1])
			if d := dx*dx + dy*dy; d < distance {
				best, distance = k, d
			}
		}
		count[best]++
		for j := range 2 {
			d := float64(x.Row(i)[j] - means.Row(best)[j])
			sum[best][j] += d
			square[best][j] += d * d
		}
	}
	for k, n := range count {
		if n < 9600 || n > 10400 {
			t.Errorf("Gaussian %d has %d of %d points", k, n, points)
		}
		for j := range 2 {
			mean, deviation := sum[k][j]/float64(n), math.Sqrt(square[k][j]/float64(n))
			if math.Abs(mean) > 0.015 || math.Abs(deviation-0.3) > 0.01 {
				t.Errorf("Gaussian %d, coordinate %d: mean %.4f off, standard deviation %.4f", k, j, mean, deviation)
			}
		}
	}
	means.Data[0] = 100
	if again, _ := EightGaussians(); again.Data[0] != 4 {
		t.Error("EightGaussians returns memory that it shares")
	}
}

// TestToyGolden holds points to bits that no architecture may change.
func TestToyGolden(t *testing.T) {
	golden := map[string][4]uint32{
		"8gaussians":   {0xc02e86c4, 0x402f3121, 0xc039bce2, 0xc05b1d17},
		"moons":        {0x3f53e2cb, 0xbf9f854d, 0x3fff42b7, 0xbfa6cba1},
		"swissroll":    {0xbfd070cb, 0x3f144a51, 0x3df23b02, 0xc026b3e0},
		"checkerboard": {0xbe9ccddd, 0x40455211, 0x3fb2e3d1, 0x3fa5bbdd},
		"2spirals":     {0x400402cf, 0xbe9817f8, 0x3e20ec54, 0xc0339357},
		"pinwheel":     {0xc00b6d40, 0x3eaa2222, 0xbe420f10, 0x3ff149e5},
		"25gaussians":  {0xbffdd5f0, 0xbc78a2f7, 0xc000c952, 0x3ff34d49},
		"2gaussians":   {0x40aad24f, 0x409649a2, 0x409822c8, 0x404104de},
	}
	for _, name := range ToyNames() {
		s := mustToy(t, name, 0x0123456789abcdef)
		x := kernels.NewMatrix(2, 2)
		s.Batch(x.Slice(0, 1), 0)
		s.Batch(x.Slice(1, 2), 1<<40+3)
		var got [4]uint32
		for i, v := range x.Data {
			got[i] = math.Float32bits(v)
		}
		if got != golden[name] {
			t.Errorf("%q: {%#010x, %#010x, %#010x, %#010x},", name, got[0], got[1], got[2], got[3])
		}
	}

	const want = 0x47cbb0948d35045d
	hash := uint64(14695981039346656037)
	x := kernels.NewMatrix(4000, 2)
	for _, name := range ToyNames() {
		mustToy(t, name, 1).Batch(x, 0)
		for _, v := range x.Data {
			hash = (hash ^ uint64(math.Float32bits(v))) * 1099511628211
		}
	}
	if hash != want {
		t.Errorf("hash of the points is %#016x, want %#016x", hash, uint64(want))
	}
}

func TestToyErrors(t *testing.T) {
	if _, err := Toy("8gaussian", 0); err == nil || !strings.Contains(err.Error(), "8gaussians, moons") {
		t.Errorf("an unknown name gives %v", err)
	}
	s := mustToy(t, "moons", 0)
	mustPanic(t, "wrong width", func() { s.Batch(kernels.NewMatrix(1, 3), 0) })
	mustPanic(t, "past the last index", func() { s.Batch(kernels.NewMatrix(1, 2), 1<<63) })
	s.Batch(kernels.NewMatrix(1, 2), 1<<63-1)
	names := ToyNames()
	names[0] = ""
	if ToyNames()[0] == "" {
		t.Error("ToyNames returns memory that it shares")
	}
}
