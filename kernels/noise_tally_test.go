package kernels

import "math"

// Values are counted in cells of width 1/cellsPerUnit from -8 to 8.
const (
	cellsPerUnit = 4096
	valueCells   = 16 * cellsPerUnit
)

// Pairs are counted in cells of r^2 and in cells of the ratio of the shorter leg to the longer. The cells of
// r^2 have width 1/pairCells from 0 to 8, and the last cell is open. Each bin of the ratio is a run of cells.
const (
	pairCells  = 256
	radiusBins = 16
	ratioBins  = 8
	angleBins  = 8 * ratioBins // in eight octants
)

// lagRows are the distances, in groups, over which correlations are taken. Together with all pairs of places
// they cover every lag from 1 to 47, and those around 128, 1024 and 8192.
var lagRows = [5]int{1, 2, 8, 64, 512}

// The pairs of sequences whose products are summed. q is (z^2 - 1)/sqrt(2), which also has mean zero and
// variance one. A neighbour is the sequence of an index, stream or seed that differs in one bit, each bit in
// turn.
const (
	productZZ   = iota // z and z in one group
	productZQ          // z and q in one group
	productQQ          // q and q in one group
	productLagQ        // q and q of the next group
	productIndexZ
	productIndexQ
	productStreamZ
	productStreamQ
	productSeedZ
	productSeedQ
	productLagZ  // z and z over lagRows[0]; those of the other distances follow
	productCount = productLagZ + len(lagRows)
)

var productNames = [productLagZ]string{
	"z*z in a group", "z*q in a group", "q*q in a group", "q*q of next group",
	"z*z over an index bit", "q*q over an index bit", "z*z over a stream bit", "q*q over a stream bit",
	"z*z over a seed bit", "q*q over a seed bit",
}

// tally is what the suite keeps of the normals that it has seen. Tallies of disjoint ranges add up.
type tally struct {
	n      int
	powers [7]float64 // sums of z^k
	values [valueCells]uint32
	plane  [radiusBins][angleBins]int
	// products has the place of the first factor in its row, and that of the second in its column.
	products [productCount][groupSize * groupSize]float64
	rows     [productCount]int
	// Of the samples that are sorted: the values of the distribution functions of Kolmogorov and Smirnov's
	// statistic and of Anderson and Darling's, for the normals, the pairs' exp(-r^2/2) and their angles.
	sortedValues, sortedRadii, sortedAngles levels
}

func (t *tally) add(u *tally) {
	t.n += u.n
	for k, x := range u.powers {
		t.powers[k] += x
	}
	for i, x := range u.values {
		t.values[i] += x
	}
	for i := range t.plane {
		for j, x := range u.plane[i] {
			t.plane[i][j] += x
		}
	}
	for k, x := range u.rows {
		t.rows[k] += x
	}
	for k := range t.products {
		for i, x := range u.products[k] {
			t.products[k][i] += x
		}
	}
	for _, l := range [][2]*levels{{&t.sortedValues, &u.sortedValues}, {&t.sortedRadii, &u.sortedRadii},
		{&t.sortedAngles, &u.sortedAngles}} {
		l[0].ks = append(l[0].ks, l[1].ks...)
		l[0].ad = append(l[0].ad, l[1].ad...)
	}
}

// bins cuts a row of cells into bins of nearly equal probability. Bin k is cells edges[k] to edges[k+1]-1.
// cdf is the probability of what lies left of a cell.
func bins(cells, bins int, cdf func(cell int) float64) (edges []int) {
	edges = []int{0}
	for cell := 1; cell < cells; cell++ {
		next := float64(len(edges)) / float64(bins)
		if len(edges) < bins && next-cdf(cell) < cdf(cell+1)-next {
			edges = append(edges, cell)
		}
	}
	return append(edges, cells)
}

var (
	radiusEdges, radiusBin = pairBins(8*pairCells, radiusBins, radiusCDF)
	ratioEdges, ratioBin   = pairBins(pairCells, ratioBins, ratioCDF)
)

// pairBins also returns the bin of each cell.
func pairBins(cells, n int, cdf func(cell int) float64) (edges []int, bin []uint8) {
	edges = bins(cells, n, cdf)
	for k := range n {
		for range edges[k+1] - edges[k] {
			bin = append(bin, uint8(k))
		}
	}
	return edges, bin
}

// radiusCDF is that of r^2, which is exponential.
func radiusCDF(cell int) float64 {
	if cell == 8*pairCells {
		return 1
	}
	return -math.Expm1(-float64(cell) / pairCells / 2)
}

// ratioCDF is that of the tangent of an angle uniform between zero and an eighth of a turn.
func ratioCDF(cell int) float64 { return math.Atan(float64(cell)/pairCells) / (math.Pi / 4) }

func valueCDF(cell int) float64 {
	return math.Erfc(-(float64(cell)/cellsPerUnit-8)/math.Sqrt2) / 2
}
