package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Interpolate sets the rows of path to points on a way from a to b through the latents of the
// probability-flow ODE (Song et al. 2021, Section 4.3). It takes a and b up from the solver's last level to
// its first, where both have become noise. It turns one noise into the other in equal angles about mean
// (Shoemake 1985), and takes the points in between down again. The first row is a and the last b, but for the
// solver's error and its last step of denoising. A nil mean is zero.
func Interpolate(
	ctx context.Context, solver RK45, score Score, path kernels.Matrix, a, b, mean []float32,
) error {
	if len(a) != path.Cols || len(b) != path.Cols || mean != nil && len(mean) != path.Cols || path.Rows < 2 {
		return fmt.Errorf("smld: interpolating between points of dimension %d and %d "+
			"about one of dimension %d in %d rows of %d",
			len(a), len(b), len(mean), path.Rows, path.Cols)
	}
	up := solver
	up.Sigmas = make([]float32, len(solver.Sigmas))
	for i, s := range solver.Sigmas {
		up.Sigmas[len(solver.Sigmas)-1-i] = s
	}
	up.NoDenoise = true
	ends := kernels.NewMatrix(2, path.Cols)
	copy(ends.Row(0), a)
	copy(ends.Row(1), b)
	if _, err := up.Sample(ctx, score, ends, Numbers{}, nil); err != nil {
		return err
	}
	if mean == nil {
		mean = make([]float32, path.Cols)
	}
	for i := range path.Rows {
		slerp(path.Row(i), ends.Row(0), ends.Row(1), mean, float64(i)/float64(path.Rows-1))
	}
	_, err := solver.Sample(ctx, score, path, Numbers{}, nil)
	return err
}

// slerp sets dst to the point at t between a and b, 0 <= t <= 1, about center. With the angle w between them,
// the point is sin((1-t) w)/sin(w) a + sin(t w)/sin(w) b.
func slerp(dst, a, b, center []float32, t float64) {
	var aa, bb, ab float64
	for j, c := range center {
		x, y := float64(a[j])-float64(c), float64(b[j])-float64(c)
		aa, bb, ab = math.FMA(x, x, aa), math.FMA(y, y, bb), math.FMA(x, y, ab)
	}
	from, to := 1-t, t
	if cosine := ab / math.Sqrt(aa*bb); math.Abs(cosine) < 1-1e-9 { // in one line the sines vanish
		w := arccos(cosine)
		whole, _ := detmath.Sincos(w)
		from, _ = detmath.Sincos(from * w)
		to, _ = detmath.Sincos(to * w)
		from, to = from/whole, to/whole
	}
	for j, c := range center {
		x, y := float64(a[j])-float64(c), float64(b[j])-float64(c)
		dst[j] = float32(math.FMA(from, x, math.FMA(to, y, float64(c))))
	}
}

// arccos returns the angle in [0, pi] whose cosine is c, by bisection.
func arccos(c float64) float64 {
	low, high := 0.0, math.Pi
	for range 60 {
		mid := low + detmath.Mul(high-low, 0.5)
		if _, cos := detmath.Sincos(mid); cos > c {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}
