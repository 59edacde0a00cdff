package gonumblas_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestRounding: a strided vector rounds as the kernels do where two roundings would differ from one.
func TestRounding(t *testing.T) {
	b := gonumblas.Float32{}
	half := float32(0x1p-24) // of the last place of 1
	tiny := float32(0x1p-149)
	for _, v := range [][3]float32{
		{half, 1 + 0x1p-23, 1}, {half, 1 - 0x1p-24, 1}, {-half, 1 + 0x1p-23, 1 + 0x1p-23}, {half, 1, 1},
		{half * (1 + 0x1p-23), 1 - 0x1p-23, 1 + 0x1p-23},
		{0x1p-80, 0x1p-69, tiny}, {0x1.8p-75, 0x1p-75, -tiny}, {0x1p-100, 0x1p-100, 1 + 0x1p-23},
		{0x1p100, 0x1p100, 1}, {half, 0x1p-60, half}, {3 * half, 1 + 0x1p-22, 0x1p23},
	} {
		x, far := []float32{v[1], v[1], v[1], v[1]}, []float32{v[1], 0, v[1], 0, v[1], 0, v[1]}
		y, strided := []float32{v[2], v[2], v[2], v[2]}, []float32{v[2], v[2], v[2], v[2]}
		b.Saxpy(4, v[0], x, 1, y, 1)
		b.Saxpy(4, v[0], far, 2, strided, 1)
		if !slices.Equal(y, strided) {
			t.Errorf("%v times %v plus %v is %v, strided %v", v[0], v[1], v[2], y, strided)
		}
	}
}

// TestMixed: sums of float32 in float64 are exact to float64, and have the same bits with any increments.
func TestMixed(t *testing.T) {
	b := gonumblas.Float32{}
	for _, n := range lengths {
		x, y := randomVector[float32](n, 1, 1), randomVector[float32](n, 1, 2)
		var want float64
		for i := range n {
			want += float64(x.data[i]) * float64(y.data[i])
		}
		got := b.Dsdot(n, x.data, 1, y.data, 1)
		if math.Abs(got-want) > 1e-14 {
			t.Errorf("Dsdot of %d is %v, want %v", n, got, want)
		}
		u, v := randomVector[float32](n, -2, 1), randomVector[float32](n, -3, 2)
		if s := b.Dsdot(n, u.data, -2, v.data, -3); s != got {
			t.Errorf("Dsdot of %d strided is %v, want %v", n, s, got)
		}
		if s := b.Sdsdot(n, 0.5, x.data, 1, y.data, 1); s != 0.5+float32(got) {
			t.Errorf("Sdsdot of %d is %v", n, s)
		}
	}
	if b.Dsdot(0, nil, 1, nil, 1) != 0 || b.Sdsdot(0, 2, nil, 1, nil, 1) != 0 {
		t.Error("sums of nothing are not 0, as they are in gonum")
	}
}

// TestSrotg: the rotation of float32 is gonum's to rounding, with numbers near overflow and underflow.
func TestSrotg(t *testing.T) {
	values := []float32{0, 1, -1, 0.3, -7, 1e38, -1e38, 1e-38, 1e-44}
	for _, x := range values {
		for _, y := range values {
			c, s, r, z := gonumblas.Float32{}.Srotg(x, y)
			p, q, u, v := gonum.Implementation{}.Srotg(x, y)
			for i, d := range [][2]float32{{c, p}, {s, q}, {r, u}, {z, v}} {
				if d[0] != d[1] && !(math.Abs(float64(d[0]-d[1])) <= 1e-6*math.Abs(float64(d[1]))) {
					t.Errorf("Srotg(%v, %v): result %d is %v, gonum's %v", x, y, i, d[0], d[1])
				}
			}
		}
	}
}

// TestExtremes: norms neither overflow nor vanish, and NaN and infinity count as in the reference BLAS.
func TestExtremes(t *testing.T) {
	d, s := gonumblas.Float64{}, gonumblas.Float32{}
	for _, inc := range []int{1, 2} {
		for _, scale := range []float64{1e200, 1e-200, 1e308, 4e-320} {
			x := []float64{0.6 * scale, 0, 0.8 * scale, 0}
			n := 4 / inc
			if got := d.Dnrm2(n, x, inc); !(math.Abs(got-scale) <= 1e-3*scale) {
				t.Errorf("Dnrm2 is %v, want %v", got, scale)
			}
		}
		y := []float32{0.6e30, 0, 0.8e30, 0}
		if got := s.Snrm2(4/inc, y, inc); math.Abs(float64(got)/1e30-1) > 1e-6 {
			t.Errorf("Snrm2 is %v, want 1e30", got)
		}
	}
	nan, inf, zero := math.NaN(), math.Inf(1), math.Copysign(0, -1)
	for _, x := range [][]float64{{nan, 1, 2}, {1, nan, 2}, {1, inf, nan}, {1, -inf, inf}, {zero, 0, 0}} {
		for _, inc := range []int{1, 2} {
			long := slices.Repeat(x, 15)
			n := (len(long) + inc - 1) / inc
			least := (gonum.Implementation{}).Idamax(n, long, inc)
			if got := d.Idamax(n, long, inc); got != least {
				t.Errorf("Idamax of %v, increment %d, is %d, want %d", x, inc, got, least)
			}
			got, want := d.Dasum(n, long, inc), gonum.Implementation{}.Dasum(n, long, inc)
			if got != want && (got == got || want == want) {
				t.Errorf("Dasum of %v is %v, want %v", x, got, want)
			}
		}
	}
}

// TestNothingRead: with alpha 0 neither A nor x is read, and with beta 0 y is not.
func TestNothingRead(t *testing.T) {
	b := doubles(gonumblas.Float64{})
	for _, n := range lengths {
		for _, alpha := range []float64{0, 1} {
			a, x := random[float64](n, n, 1), randomVector[float64](n, 1, 2)
			if alpha == 0 {
				for i := range a.data {
					a.data[i] = math.NaN()
				}
				for i := range x.data {
					x.data[i] = math.NaN()
				}
			}
			for name, call := range map[string]func(y []float64){
				"Gemv": func(y []float64) {
					b.gemv(blas.Trans, n, n, alpha, a.data, a.stride, x.data, 1, 0, y, 1)
				},
				"Gbmv": func(y []float64) {
					b.gbmv(blas.NoTrans, n, n, 1, 1, alpha, a.data, a.stride, x.data, 1, 0, y, 1)
				},
				"Symv": func(y []float64) {
					b.symv(blas.Upper, n, alpha, a.data, a.stride, x.data, 1, 0, y, 1)
				},
				"Sbmv": func(y []float64) {
					b.sbmv(blas.Lower, n, 1, alpha, a.data, a.stride, x.data, 1, 0, y, 1)
				},
				"Spmv": func(y []float64) { b.spmv(blas.Lower, n, alpha, a.data, x.data, 1, 0, y, 1) },
			} {
				y := slices.Repeat([]float64{math.NaN()}, n)
				call(y)
				for i, v := range y {
					if v != v || alpha == 0 && v != 0 {
						t.Errorf("%s, n = %d, alpha %v: y[%d] is %v", name, n, alpha, i, v)
						break
					}
				}
			}
		}
	}
}

// TestVectorsShared: an output of level 2 that shares elements with an operand is what it is with a copy.
func TestVectorsShared(t *testing.T) {
	const n = 40
	b := doubles(gonumblas.Float64{})
	for name, call := range map[string]func(a, x, y []float64){
		"Gemv":  func(a, x, y []float64) { b.gemv(blas.NoTrans, n, n, 0.5, a, n, x, 1, 0.5, y, 1) },
		"Gemvᵀ": func(a, x, y []float64) { b.gemv(blas.Trans, n, n, 1, a, n, x, 1, 0, y, 1) },
		"Symv":  func(a, x, y []float64) { b.symv(blas.Upper, n, 1, a, n, x, 1, 0, y, 1) },
		"Axpy":  func(a, x, y []float64) { b.axpy(n, 1, a[:n], 1, y, 1) },
		"Trmv":  func(a, x, y []float64) { b.trmv(blas.Lower, blas.NoTrans, blas.Unit, n, a, n, y, 1) },
		"Trsv":  func(a, x, y []float64) { b.trsv(blas.Upper, blas.Trans, blas.Unit, n, a, n, y, 1) },
	} {
		for _, at := range []int{0, 7, n, n*n - n} {
			a := random[float64](n, n, 1).data[:n*n]
			for i := range a {
				a[i] /= n
			}
			x, y := a[n:2*n], a[at:at+n]
			want := slices.Clone(y)
			call(slices.Clone(a), slices.Clone(x), want)
			call(a, x, y)
			if name == "Axpy" && at == 7 {
				continue // goes on with what it has written
			}
			if !slices.Equal(y, want) {
				t.Errorf("%s with y in A from %d on differs", name, at)
			}
		}
	}
	m, shared := random[float64](n, n, 1), random[float64](1, 2*n, 2).data
	aside := slices.Clone(shared[5 : 5+n])
	b.gemv(blas.NoTrans, n, n, 1, m.data, m.stride, slices.Clone(shared[:n]), 1, 0, aside, 1)
	b.gemv(blas.NoTrans, n, n, 1, m.data, m.stride, shared[:n], 1, 0, shared[5:5+n], 1)
	if !slices.Equal(shared[5:5+n], aside) {
		t.Error("Gemv with y in x differs")
	}
	a := random[float64](n, n, 1).data[:n*n] // Ger writes A, whose rows x and y are
	want := slices.Clone(a)
	b.ger(n, n, 1, slices.Clone(a[:n]), 1, slices.Clone(a[5*n:6*n]), 1, want, n)
	b.ger(n, n, 1, a[:n], 1, a[5*n:6*n], 1, a, n)
	if !slices.Equal(a, want) {
		t.Error("Ger with x and y in A differs")
	}
}
