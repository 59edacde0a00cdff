package kernels

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
)

// kolmogorovSmirnov returns the largest distance between the distribution function of u, sorted, and that of
// the uniform distribution on [0, 1].
func kolmogorovSmirnov(u []float64) float64 {
	n := float64(len(u))
	d := 0.0
	for i, x := range u {
		d = max(d, x-float64(i)/n, float64(i+1)/n-x)
	}
	return d
}

// kolmogorovCDF is the probability that kolmogorovSmirnov of n uniform numbers is at most d. It is
// Kolmogorov's limit at x = d*sqrt(n), corrected to order 1/n (Vrbik, "Small-sample corrections to
// Kolmogorov-Smirnov test statistic", 2018).
func kolmogorovCDF(d float64, n int) float64 {
	root := math.Sqrt(float64(n))
	x := d * root
	x += 1/(6*root) + (x-1)/(4*float64(n))
	sum := 0.0
	if x < 1 {
		for k := 1.0; k < 20; k += 2 {
			sum += math.Exp(-k * k * math.Pi * math.Pi / (8 * x * x))
		}
		return math.Sqrt(2*math.Pi) / x * sum
	}
	for k := 10.0; k > 0; k-- {
		sum = math.Exp(-2*k*k*x*x)*(1-2*math.Mod(k+1, 2)) + sum
	}
	return 1 - 2*sum
}

// andersonDarling returns Anderson and Darling's A^2 of u, sorted, against the uniform distribution on the
// interval [0, 1].
func andersonDarling(u []float64) float64 {
	// The logarithm of a number that has been rounded to 0 or 1 is that of the next one.
	const least, most = 0x1p-60, 1 - 0x1p-53
	n := float64(len(u))
	sum := 0.0
	for i, x := range u {
		x = min(max(x, least), most)
		sum += float64(2*i+1)*math.Log(x) + (2*n-float64(2*i+1))*math.Log1p(-x)
	}
	return -n - sum/n
}

// andersonDarlingCDF is the probability that A^2 of many uniform numbers is at most z. It sums the series of
// Anderson and Darling ("Asymptotic theory of certain goodness of fit criteria", 1952), whose term j is
//
//	(-1)^j Gamma(j+1/2) (4j+1) / (Gamma(1/2) j!) exp(-a) sqrt(2 pi)/z integral from 0 to infinity of
//	exp(z / (8 (w^2+1)) - a w^2) dw,  a = (4j+1)^2 pi^2 / (8z)
//
// The integrand is even and analytic near the real line, so the trapezoidal rule converges exponentially.
func andersonDarlingCDF(z float64) float64 {
	switch {
	case z <= 0:
		return 0
	case z > 100:
		return 1 // but for 10^-43
	}
	sum, coefficient := 0.0, 1.0
	for j := 0.0; ; j++ {
		if j > 0 {
			coefficient *= -(j - 0.5) / j
		}
		a := (4*j + 1) * (4*j + 1) * math.Pi * math.Pi / (8 * z)
		if a-z/8 > 40 {
			return sum
		}
		step := min(0.2, 0.5/math.Sqrt(a))
		integral := math.Exp(z/8) / 2
		for w := step; a*w*w < 40; w += step {
			integral += math.Exp(z/(8*(w*w+1)) - a*w*w)
		}
		sum += coefficient * (4*j + 1) * math.Exp(-a) * math.Sqrt(2*math.Pi) / z * integral * step
	}
}

// levels are values of the distribution function of a statistic, one a sample: uniform in [0, 1].
type levels struct{ ks, ad []float64 }

// add adds the levels of the statistics of a sample that should be uniform. u is sorted.
func (l *levels) add(u []float64) {
	l.ks = append(l.ks, kolmogorovCDF(kolmogorovSmirnov(u), len(u)))
	l.ad = append(l.ad, andersonDarlingCDF(andersonDarling(u)))
}

// TestGoodnessOfFit compares the distribution functions with published values and with simulation.
func TestGoodnessOfFit(t *testing.T) {
	for _, v := range []struct {
		name            string
		got, want, most float64
	}{
		// Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution" (2003): exact for n = 10.
		{"K(0.274), n=10", kolmogorovCDF(0.274, 10), 0.6284796154565804, 1e-3},
		// Quantiles of the limits in D'Agostino and Stephens, "Goodness-of-fit techniques" (1986), table 4.2.
		{"K, 90%", kolmogorovCDF(1.224/3e4, 9e8), 0.90, 1e-3},
		{"K, 99%", kolmogorovCDF(1.628/3e4, 9e8), 0.99, 1e-4},
		{"A2, 90%", andersonDarlingCDF(1.933), 0.90, 1e-4},
		{"A2, 95%", andersonDarlingCDF(2.492), 0.95, 1e-4},
		// A^2 is the sum of chi^2_j/(j(j+1)), whose tail tends to sqrt(3) times that of its first term.
		{"A2, tail", (1 - andersonDarlingCDF(16)) / (math.Sqrt(3) * math.Erfc(4)), 1, 0.03},
	} {
		t.Logf("%s: %.9f", v.name, v.got)
		if !scalar.EqualWithinAbs(v.got, v.want, v.most) {
			t.Errorf("%s = %v, want %v", v.name, v.got, v.want)
		}
	}
	// Samples of another generator have uniform levels.
	r := rand.New(rand.NewPCG(5, 6))
	var l levels
	u := make([]float64, 1000)
	for range 4000 {
		for i := range u {
			u[i] = r.Float64()
		}
		slices.Sort(u)
		l.add(u)
	}
	for _, v := range l.verdicts("uniform") {
		t.Logf("%-30s %.6f  p = %.4f", v.name, v.statistic, v.p)
		if v.p < 1e-3 {
			t.Errorf("%s: p = %v", v.name, v.p)
		}
	}
}
