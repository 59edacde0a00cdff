package kernels

import "fmt"

// Fill64 sets dst[i] = z64(at+i): independent standard normals in float64, addressed like those of Fill and
// independent of them. A Philox block of four words gives two by Box and Muller's transform. With l = 0..3,
// block 12*2^60 + 4g+l gives elements 8g+l and 8g+4+l:
//
//	w = words 0 and 1 as a signed integer, the first as the upper half, with the lowest bit set
//	v = words 2 and 3 as a signed integer
//	u = |w| / 2^63, x = v / 2^64, both rounded to float64
//	r = sqrt(-2 log u), negative if w is
//	z64(8g+l), z64(8g+4+l) = r cos(pi/2 x), r sin(pi/2 x), exchanged if v is odd
//
// u keeps its relative precision towards zero, where it has steps of 2^-62, and x has that of float64. So the
// normals have 53 bits, and follow their law out to the largest magnitude that can occur, 9.345. Of the
// formulas, their error is at most 2.5 ULP. Indices end at 2^61-1.
func (n Noise) Fill64(dst []float64, at uint64) {
	checkDrawIndex("Noise.Fill64", at, len(dst))
	drawNormals.into(dst, n, at)
}

// Uniform sets dst[i] = u(at+i): independent numbers uniform in [0, 1), each the upper 24 bits of a Philox
// word over 2^24. Zero can occur and one cannot, as in math/rand and NumPy; take the logarithm of 1-u. With
// l = 0..7, elements 16g+l and 16g+8+l are words 1-l%2 and 3-l%2 of block 13*2^60 + 4g + l/2. They are
// independent of the normals and of the uniforms in float64 of the stream. Indices end at 2^61-1.
func (n Noise) Uniform(dst []float32, at uint64) {
	checkDrawIndex("Noise.Uniform", at, len(dst))
	if onePiece(len(dst)) {
		fillUniform(dst, n, at)
		return
	}
	s := uniformSweep.begin()
	a := &s.operands
	a.dst, a.noise, a.at = dst, n, at
	s.do(len(dst))
}

// Uniform64 sets dst[i] = u64(at+i): independent numbers uniform in [0, 1), the lower 53 bits of w(at+i) over
// 2^53. Zero can occur and one cannot. w are the words of 64 bits that a Source returns in order. With
// l = 0..3, w(8g+l) is words 0 and 1 of block 14*2^60 + 4g+l, the first as the upper half, and w(8g+4+l) is
// words 2 and 3 of that block. So element i is what Float64 of math/rand/v2 makes of word i. The numbers are
// independent of the normals and of the uniforms in float32 of the stream. Indices end at 2^61-1.
func (n Noise) Uniform64(dst []float64, at uint64) {
	checkDrawIndex("Noise.Uniform64", at, len(dst))
	drawUniforms.into(dst, n, at)
}

// lastDraw is the number of elements of a stream that Fill64, Uniform and Uniform64 each have.
const lastDraw = 1 << 61

// checkDrawIndex panics when the elements from at on pass the last index.
func checkDrawIndex(function string, at uint64, n int) {
	if at > lastDraw-uint64(n) && n > 0 {
		panicDrawIndex(function, at, n)
	}
}

//go:noinline
func panicDrawIndex(function string, at uint64, n int) {
	panic(fmt.Sprintf("kernels: %s: %d elements from index %d on pass the last, 2^61-1", function, n, at))
}

// into draws elements at and on.
func (d draw) into(dst []float64, n Noise, at uint64) {
	if onePiece(len(dst)) {
		d.fill(dst, n, at)
		return
	}
	s := drawSweep.begin()
	a := &s.operands
	a.draw, a.dst, a.noise, a.at = d, dst, n, at
	s.do(len(dst))
}

type drawOperands struct {
	draw  draw
	dst   []float64
	noise Noise
	at    uint64
}

var drawSweep = onSlices(func(a *drawOperands, from, to int) {
	a.draw.fill(a.dst[from:to], a.noise, a.at+uint64(from))
})

var uniformSweep = onSlices(func(a *fillOperands, from, to int) {
	fillUniform(a.dst[from:to], a.noise, a.at+uint64(from))
})
