package kernels

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// verdict is the outcome of one test: its statistic, and the probability that sound noise gives a statistic
// at least as unlikely, in either direction.
type verdict struct {
	name      string
	statistic float64
	p         float64
}

func (v verdict) String() string {
	return fmt.Sprintf("%-34s %14.6g   p = %.3g", v.name, v.statistic, v.p)
}

// verdicts tests everything that has been tallied.
func (t *tally) verdicts() []verdict {
	return slices.Concat(
		t.moments(), t.tails(), t.distribution(), t.correlations(), t.sortedValues.verdicts("values"),
		t.sortedRadii.verdicts("radii"), t.sortedAngles.verdicts("angles"))
}

// moments tests the sums of z^k, in standard errors: the mean of z^k has variance (E z^2k - (E z^k)^2)/n.
func (t *tally) moments() []verdict {
	moment := func(k int) float64 { // 1*3*5*...*(k-1), or zero
		m := float64(1 - k%2)
		for i := 1; i < k; i += 2 {
			m *= float64(i)
		}
		return m
	}
	var all []verdict
	for k := 1; k < len(t.powers); k++ {
		variance := (moment(2*k) - moment(k)*moment(k)) / float64(t.n)
		all = append(all, normalVerdict(fmt.Sprintf("moment %d", k),
			(t.powers[k]/float64(t.n)-moment(k))/math.Sqrt(variance)))
	}
	return all
}

// tails tests how many normals lie far out.
func (t *tally) tails() []verdict {
	var all []verdict
	for _, sigma := range []float64{4, 5, 5.5, 6} {
		expected := tailProbability(sigma) * float64(t.n)
		out := int(sigma * cellsPerUnit)
		below, above := total(t.values[:valueCells/2-out]), total(t.values[valueCells/2+out:])
		all = append(all,
			poissonVerdict(fmt.Sprintf("|z| > %v", sigma), above+below, expected),
			poissonVerdict(fmt.Sprintf("z > %v", sigma), above, expected/2),
			poissonVerdict(fmt.Sprintf("z < -%v", sigma), below, expected/2))
	}
	return all
}

func total(counts []uint32) int {
	sum := 0
	for _, c := range counts {
		sum += int(c)
	}
	return sum
}

// tailProbability is the probability that |z| > sigma, for sigma of 4 or more. It follows the discrete law of
// the radius. u takes the values (k + 1/2)/2^31, and an angle uniform in a turn has |r cos| > sigma with
// probability (2/pi) acos(sigma/r). The rounding of u begins at k = 2^23, below 3.4 sigma. The rounding of
// the angle to 2^-32 of a turn makes less than 10^-7 of the probability. The normal law gives 0.15% more at 6
// sigma, which is one 150th of the standard deviation of a count in 10^10, and less than 10^-4 more at 5.5.
func tailProbability(sigma float64) float64 {
	sum := 0.0
	for k := 0.0; ; k++ {
		r := math.Sqrt(-2 * math.Log((k+0.5)/(1<<31)))
		if r <= sigma {
			return sum / (1 << 31)
		}
		sum += 2 / math.Pi * math.Acos(sigma/r)
	}
}

// distribution tests the counts of the values and of the pairs. It takes the values in bins of nearly equal
// probability, in all cells where enough are expected, and by the distance of their distribution function at
// the cells' borders. Radius and angle of the pairs have the right distributions if the plane's margins have
// them. The two are independent if the whole plane is right.
func (t *tally) distribution() []verdict {
	n := float64(t.n)
	var wide, fine chiSquare
	sum, distance := 0, 0.0
	edges := bins(valueCells, 1024, valueCDF)
	for k, from := range edges[:1024] {
		to := edges[k+1]
		wide.add(total(t.values[from:to]), n*(valueCDF(to)-valueCDF(from)))
	}
	for cell, c := range t.values {
		if expected := n * (valueCDF(cell+1) - valueCDF(cell)); expected > 100 {
			fine.add(int(c), expected)
		}
		sum += int(c)
		distance = max(distance, math.Abs(float64(sum)/n-valueCDF(cell+1)))
	}
	var plane, radius, angle chiSquare
	var angles [angleBins]int
	for i, row := range t.plane {
		p := radiusCDF(radiusEdges[i+1]) - radiusCDF(radiusEdges[i])
		sum := 0
		for j, c := range row {
			plane.add(c, n/2*p*angleProbability(j))
			sum += c
			angles[j] += c
		}
		radius.add(sum, n/2*p)
	}
	for j, c := range angles {
		angle.add(c, n/2*angleProbability(j))
	}
	return []verdict{
		wide.verdict("values in 1024 bins"),
		fine.verdict("values in fine cells"),
		{"values, KS over cells", distance, 1 - kolmogorovCDF(distance, t.n)},
		radius.verdict("r^2 in 16 bins"),
		angle.verdict("angles in 64 bins"),
		plane.verdict("radius and angle in 1024 bins"),
	}
}

func angleProbability(bin int) float64 {
	k := bin % ratioBins
	return (ratioCDF(ratioEdges[k+1]) - ratioCDF(ratioEdges[k])) / 8
}

// correlations tests the sums of products. Divided by the square root of the number of rows, each sum is a
// standard normal, uncorrelated with the others of its matrix. Their squares add up to a chi-square. The
// largest is tested alone.
func (t *tally) correlations() []verdict {
	var all []verdict
	for kind := range t.products {
		name := ""
		if kind < productLagZ {
			name = productNames[kind]
		} else {
			name = fmt.Sprintf("z*z %d groups later", lagRows[kind-productLagZ])
		}
		squares, largest, n := 0.0, 0.0, 0
		for i, s := range t.products[kind] {
			row, column := i/groupSize, i%groupSize
			again := kind == productZZ || kind == productQQ
			if kind <= productQQ && row == column || again && row > column {
				continue // a power of one normal, or the same pair again
			}
			c := s / math.Sqrt(float64(t.rows[kind]))
			squares += c * c
			largest = max(largest, math.Abs(c))
			n++
		}
		one := math.Erfc(largest / math.Sqrt2)
		all = append(all, chiSquareVerdict(name, squares, n),
			verdict{name + ", largest", largest, -math.Expm1(float64(n) * math.Log1p(-one))})
	}
	return all
}

// verdicts tests whether the levels of each statistic are uniform, by both statistics.
func (l *levels) verdicts(name string) []verdict {
	var all []verdict
	for _, first := range []struct {
		name string
		u    []float64
	}{{"KS", l.ks}, {"AD", l.ad}} {
		slices.Sort(first.u)
		d, a := kolmogorovSmirnov(first.u), andersonDarling(first.u)
		all = append(all,
			verdict{name + ", KS of " + first.name, d, twoSided(1 - kolmogorovCDF(d, len(first.u)))},
			verdict{name + ", AD of " + first.name, a, twoSided(1 - andersonDarlingCDF(a))})
	}
	return all
}

func normalVerdict(name string, z float64) verdict {
	return verdict{name, z, math.Erfc(math.Abs(z) / math.Sqrt2)}
}

func poissonVerdict(name string, n int, expected float64) verdict {
	law := distuv.Poisson{Lambda: expected}
	less := law.CDF(float64(n))
	more := 1.0
	if n > 0 {
		more = mathext.GammaIncReg(float64(n), expected) // the probability of n or more
	}
	return verdict{name, float64(n), min(1, 2*min(less, more))}
}

// chiSquare is the sum of (count - expected)^2/expected over bins that make up nearly everything.
type chiSquare struct {
	sum  float64
	bins int
}

func (x *chiSquare) add(count int, expected float64) {
	d := float64(count) - expected
	x.sum += d * d / expected
	x.bins++
}

func (x chiSquare) verdict(name string) verdict { return chiSquareVerdict(name, x.sum, x.bins-1) }

func chiSquareVerdict(name string, x float64, freedom int) verdict {
	return verdict{name, x, twoSided(mathext.GammaIncRegComp(float64(freedom)/2, x/2))}
}

// twoSided is the probability of a statistic as unlikely as one that is exceeded with probability above.
func twoSided(above float64) float64 { return 2 * max(0, min(above, 1-above)) }
