package gonumblas

import "math"

// Constants of the floats, as LAPACK's Dlamch has them.
const (
	unitRoundoff = 0x1p-53
	smallest     = 0x1p-1022 // normal; one over it does not overflow
)

// givens returns the rotation that turns (f, g) into (r, 0): c*f + s*g = r, c*g - s*f = 0. It is LAPACK's
// Dlartg (Anderson, "Safe scaling in the level 1 BLAS", 2017).
func givens(f, g float64) (c, s, r float64) {
	const low, high = 0x1p-511, 0x1p+510 // squares and their sum are normal
	f1, g1 := math.Abs(f), math.Abs(g)
	if low < f1 && f1 < high && low < g1 && g1 < high {
		d := math.Sqrt(math.FMA(f, f, g*g))
		r = math.Copysign(d, f)
		return f1 / d, g / r, r
	}
	switch {
	case g == 0:
		return 1, 0, f
	case f == 0:
		return 0, math.Copysign(1, g), g1
	}
	u := min(max(smallest, f1, g1), 1/smallest)
	fs, gs := f/u, g/u
	d := math.Sqrt(math.FMA(fs, fs, gs*gs))
	r = math.Copysign(d, f)
	return math.Abs(fs) / d, gs / r, r * u
}

// rightAngle is sqrt(1 + x^2) for x below 2^500.
func rightAngle(x float64) float64 { return math.Sqrt(1 + float64(x*x)) }

// withRightAngle is x + sqrt(1 + x^2), or x - sqrt(1 + x^2) for negative x.
func withRightAngle(x float64) float64 {
	if math.Abs(x) > 0x1p500 {
		return x + x
	}
	return x + math.Copysign(rightAngle(x), x)
}

// singular2 returns the singular values of (f, g; 0, h). It is LAPACK's Dlas2.
func singular2(f, g, h float64) (low, high float64) {
	fa, ga, ha := math.Abs(f), math.Abs(g), math.Abs(h)
	low, high = min(fa, ha), max(fa, ha)
	if low == 0 {
		if high == 0 {
			return 0, ga
		}
		return 0, float64(max(high, ga) * rightAngle(min(high, ga)/max(high, ga)))
	}
	as, at := 1+low/high, (high-low)/high
	if ga < high {
		au := (ga / high) * (ga / high)
		c := 2 / (math.Sqrt(math.FMA(as, as, au)) + math.Sqrt(math.FMA(at, at, au)))
		return float64(low * c), high / c
	}
	au := high / ga
	if au == 0 {
		return low * high / ga, ga
	}
	c := 1 / (rightAngle(as*au) + rightAngle(at*au))
	return float64(2 * float64(low*c) * au), ga / (c + c)
}

// svd2 is the singular value decomposition of (f, g; 0, h) as LAPACK's Dlasv2 returns it: the rotations make
// the matrix diagonal, with high first. Values may be negative.
//
//	( cl  sl) (f g) (cr -sr)   (high   0)
//	(-sl  cl) (0 h) (sr  cr) = (  0  low)
func svd2(f, g, h float64) (low, high, sr, cr, sl, cl float64) {
	ft, ht := f, h
	swap := math.Abs(h) > math.Abs(f)
	if swap {
		ft, ht = h, f
	}
	low, high, sr, cr, sl, cl = orderedSVD2(ft, g, ht)
	// The sign is that of the element with most weight.
	sign := math.Copysign(1, f)
	by := math.Copysign(1, cr) * math.Copysign(1, cl) * math.Copysign(1, f)
	if swap {
		sr, cr, sl, cl = cl, sl, cr, sr
		by = math.Copysign(1, sr) * math.Copysign(1, sl) * math.Copysign(1, h)
	}
	if math.Abs(g) > math.Abs(ft) {
		by = math.Copysign(1, sr) * math.Copysign(1, cl) * math.Copysign(1, g)
	}
	return math.Copysign(low, by*sign*math.Copysign(1, h)), math.Copysign(high, by), sr, cr, sl, cl
}

// orderedSVD2 is svd2 where |f| >= |h|, up to signs of the values.
func orderedSVD2(f, g, h float64) (low, high, sr, cr, sl, cl float64) {
	fa, ga, ha := math.Abs(f), math.Abs(g), math.Abs(h)
	if ga == 0 {
		return ha, fa, 0, 1, 0, 1
	}
	if ga > fa && fa/ga < unitRoundoff {
		if ha > 1 {
			low = fa / (ga / ha)
		} else {
			low = float64(fa/ga) * ha
		}
		return low, ga, 1, f / g, h / g, 1
	}
	d := fa - ha
	l := d / fa
	if d == fa { // infinite
		l = 1
	}
	m := g / f
	t := 2 - l
	s := hypotenuse(t, m)
	r := hypotenuse(l, m)
	a := float64(0.5 * (s + r))
	low, high = ha/a, fa*a
	switch {
	case m != 0:
		t = (m/(s+t) + m/(r+l)) * (1 + a)
	case l == 0:
		t = math.Copysign(2, f) * math.Copysign(1, g)
	default:
		t = g/math.Copysign(d, f) + m/t
	}
	l = hypotenuse(t, 2)
	cr, sr = 2/l, t/l
	return low, high, sr, cr, float64(h/f) * sr / a, math.FMA(sr, m, cr) / a
}

// eigenvalues2 returns the eigenvalues of (a, b; b, c), that of the larger magnitude first. It is LAPACK's
// Dlae2. root is what eigen2 goes on with.
func eigenvalues2(a, b, c float64) (first, second, root float64) {
	sum, difference, double := a+c, math.Abs(a-c), math.Abs(b+b)
	most, least := c, a
	if math.Abs(a) > math.Abs(c) {
		most, least = a, c
	}
	switch long, short := max(difference, double), min(difference, double); {
	case long == short:
		root = float64(long * math.Sqrt2)
	default:
		root = float64(long * rightAngle(short/long))
	}
	if sum == 0 {
		return 0.5 * root, -0.5 * root, root
	}
	first = 0.5 * (sum + math.Copysign(root, sum))
	second = math.FMA(most/first, least, -float64(b/first)*b)
	return first, second, root
}

// eigen2 is eigenvalues2 with the eigenvector (x, y) of the first. It is LAPACK's Dlaev2.
func eigen2(a, b, c float64) (first, second, x, y float64) {
	first, second, root := eigenvalues2(a, b, c)
	sum, difference, double := a+c, a-c, b+b
	sameSign := difference >= 0
	cs := difference - root
	if sameSign {
		cs = difference + root
	}
	switch {
	case math.Abs(cs) > math.Abs(double):
		t := -double / cs
		y = 1 / rightAngle(t)
		x = t * y
	case double == 0:
		x, y = 1, 0
	default:
		t := -cs / double
		x = 1 / rightAngle(t)
		y = t * x
	}
	if (sum >= 0) == sameSign {
		x, y = -y, x
	}
	return first, second, x, y
}
