package kernels

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// source is what the suite examines: it does what Noise.Fill does.
type source func(dst []float32, n Noise, at uint64)

// sampleLen is the number of normals that are drawn and counted at a time. They are one sample for the tests
// of second level.
const sampleLen = 1 << 14

// sampleRows is the number of groups in a sample. A group is a row of a matrix, and its places are the
// columns.
const sampleRows = sampleLen / groupSize

// One sample in sortEvery is also sorted.
const sortEvery = 16

// count draws the given number of samples from index at on and tallies them, on all cores. It cuts them into
// the same pieces and adds these up in the same order, whatever the number of cores.
func count(draw source, n Noise, at uint64, samples int) *tally {
	const pieces = 64
	var tallies [pieces]*tally
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for p := int(next.Add(1)) - 1; p < pieces; p = int(next.Add(1)) - 1 {
				c := newCounter(draw, n)
				for i := p * samples / pieces; i < (p+1)*samples/pieces; i++ {
					c.sample(at, i)
				}
				tallies[p] = &c.tally
			}
		})
	}
	group.Wait()
	sum := &tally{}
	for _, t := range tallies {
		sum.add(t)
	}
	return sum
}

// counter draws samples and tallies them.
type counter struct {
	tally
	draw                source
	noise               Noise
	z, q, other, otherQ Matrix // sampleRows x groupSize
	product             Matrix
	uniform             []float64
	sorter              sorter
}

func newCounter(draw source, n Noise) *counter {
	c := &counter{draw: draw, noise: n, product: NewMatrix(groupSize, groupSize),
		uniform: make([]float64, sampleLen)}
	for _, m := range []*Matrix{&c.z, &c.q, &c.other, &c.otherQ} {
		*m = NewMatrix(sampleRows, groupSize)
	}
	return c
}

// sample tallies sample i of those that begin at index start.
func (c *counter) sample(start uint64, i int) {
	at := start + uint64(i)*sampleLen
	c.draw(c.z.Data, c.noise, at)
	c.n += sampleLen
	c.addValues()
	c.addPairs()
	squares(c.q.Data, c.z.Data)
	c.multiply(productZZ, c.z, c.z, 0)
	c.multiply(productZQ, c.z, c.q, 0)
	c.multiply(productQQ, c.q, c.q, 0)
	c.multiply(productLagQ, c.q, c.q, 1)
	for k, rows := range lagRows {
		c.multiply(productLagZ+k, c.z, c.z, rows)
	}
	// A bit below that of sampleLen would stay inside the sample.
	const lowest = 14
	bit := uint64(1) << (i % 64)
	c.multiplyOther(productIndexZ, productIndexQ, c.noise, at^1<<(lowest+i%(64-lowest)))
	c.multiplyOther(productStreamZ, productStreamQ, Noise{c.noise.Seed, c.noise.Stream ^ bit}, at)
	c.multiplyOther(productSeedZ, productSeedQ, Noise{c.noise.Seed ^ bit, c.noise.Stream}, at)
	if i%sortEvery == 0 {
		c.sort()
	}
}

// addValues adds the powers of the values and counts the values in their cells.
func (c *counter) addValues() {
	var s1, s2, s3, s4, s5, s6 float64
	for _, z := range c.z.Data {
		x := float64(z)
		c.values[uint16(int(x*cellsPerUnit+valueCells/2))]++
		x2 := x * x
		x3 := x * x2
		s1 += x
		s2 += x2
		s3 += x3
		s4 += x2 * x2
		s5 += x2 * x3
		s6 += x3 * x3
	}
	for k, s := range [...]float64{1: s1, s2, s3, s4, s5, s6} {
		c.powers[k] += s
	}
}

// addPairs places each pair that Box and Muller's transform made together in a plane of radius and angle. It
// finds the angle without its arc tangent. Three bits say which octant the pair is in, and the ratio of the
// shorter leg to the longer says where in the octant. The code has no branch, since half of all branches here
// would be mispredicted.
func (c *counter) addPairs() {
	const signBit = 1 << 31
	for z := c.z.Data; len(z) > 0; z = z[groupSize:] {
		for l := range groupSize / 2 {
			x, y := math.Float32bits(z[l]), math.Float32bits(z[l+groupSize/2])
			octant := x>>31 + y>>31*2
			x, y = x&^signBit, y&^signBit
			octant += (x - y) >> 31 * 4
			long := float64(math.Float32frombits(max(x, y)))
			short := float64(math.Float32frombits(min(x, y)))
			r2 := radiusBin[min(uint(pairCells*(long*long+short*short)), 8*pairCells-1)]
			ratio := ratioBin[min(uint(pairCells*short/long), pairCells-1)]
			c.plane[r2][octant*ratioBins+uint32(ratio)]++
		}
	}
}

// multiply adds the products of x's rows with y's rows that lie the given number of rows later.
func (c *counter) multiply(kind int, x, y Matrix, later int) {
	x.Rows -= later
	x.Data = x.Data[:x.Rows*groupSize]
	y.Rows -= later
	y.Data = y.Data[later*groupSize:]
	Gemm(true, false, 1, x, y, 0, c.product)
	for i, s := range c.product.Data {
		c.products[kind][i] += float64(s)
	}
	c.rows[kind] += x.Rows
}

func (c *counter) multiplyOther(kindZ, kindQ int, n Noise, at uint64) {
	c.draw(c.other.Data, n, at)
	squares(c.otherQ.Data, c.other.Data)
	c.multiply(kindZ, c.z, c.other, 0)
	c.multiply(kindQ, c.q, c.otherQ, 0)
}

// squares sets q to (z^2 - 1)/sqrt(2).
func squares(q, z []float32) {
	for i, z := range z {
		q[i] = (z*z - 1) * (1 / math.Sqrt2)
	}
}

// sort compares the sample with the distributions of a normal, of a pair's radius and of its angle.
func (c *counter) sort() {
	u := c.uniform
	for i, z := range c.z.Data {
		u[i] = math.Erfc(-float64(z)/math.Sqrt2) / 2
	}
	c.sortedValues.add(c.sorter.sort(u))
	pair := func(i int) (x, y float64) {
		at := i/8*groupSize + i%8
		return float64(c.z.Data[at]), float64(c.z.Data[at+groupSize/2])
	}
	u = u[:sampleLen/2]
	for i := range u {
		x, y := pair(i)
		u[i] = math.Exp(-(x*x + y*y) / 2)
	}
	c.sortedRadii.add(c.sorter.sort(u))
	for i := range u {
		x, y := pair(i)
		u[i] = math.Atan2(y, x)/(2*math.Pi) + 0.5
	}
	c.sortedAngles.add(c.sorter.sort(u))
}

// sorter sorts numbers that are about uniform in [0, 1] in linear time.
type sorter struct {
	begin  [sampleLen + 1]int32
	sorted [sampleLen]float64
}

// sort returns u sorted, in memory of its own. It throws the numbers into len(u) buckets. A bucket has few
// numbers, and these find their order by insertion.
func (s *sorter) sort(u []float64) []float64 {
	n := len(u)
	bucket := func(x float64) int { return min(max(int(x*float64(n)), 0), n-1) }
	begin, sorted := s.begin[:n+1], s.sorted[:n]
	clear(begin)
	for _, x := range u {
		begin[bucket(x)+1]++
	}
	for i := range n {
		begin[i+1] += begin[i]
	}
	for _, x := range u {
		at := &begin[bucket(x)]
		sorted[*at] = x
		*at++
	}
	for i, x := range sorted {
		for ; i > 0 && sorted[i-1] > x; i-- {
			sorted[i] = sorted[i-1]
		}
		sorted[i] = x
	}
	return sorted
}
