package kernels

import "fmt"

// Fill64 sets dst[i] = z64(at+i): independent standard normals in float64, addressed like those of Fill and
// independent of them. Block b of four Philox words gives two, by Box and Muller's transform: with l = 0..3,
// block 4g+l makes elements 8g+l and 8g+4+l,
//
//	u = |w| / 2^63, w the signed integer of words 0 and 1 with its lowest bit set
//	x = v / 2^64, v the signed integer of words 2 and 3
//	z64(8g+l), z64(8g+4+l) = ±sqrt(-2 log u) times cos and sin of pi/2 x, exchanged if v is odd
//
// where the first word is the upper half of an integer, and w < 0 makes the sign minus. u keeps its relative
// precision towards zero, where it has steps of 2^-62, so the normals follow their law out to the largest
// magnitude that can occur, 9.34. The error of the transform is at most 2.4 ULP, x and u taken as they are in
// float64.
//
// Counters of Fill64 are blocks from 3*2^62 on: see Noise. The elements end at index 2^61.
func (n Noise) Fill64(dst []float64, at uint64) {
	checkDrawIndex("Noise.Fill64", at, len(dst))
	drawNormals.into(dst, n, at)
}

// Uniform sets dst[i] = u(at+i): independent numbers uniform in [0, 1), each the upper 24 bits of a Philox word
// over 2^24, so that zero can occur and one cannot. With l = 0..7, elements 16g+l and 16g+8+l are words 1-l%2
// and 3-l%2 of block 4g + l/2, counted from 13*2^60. They are independent of the normals and of the uniforms
// in float64 of the stream. The elements end at index 2^61.
func (n Noise) Uniform(dst []float32, at uint64) {
	checkDrawIndex("Noise.Uniform", at, len(dst))
	if len(dst) <= sweepChunk {
		fillUniform(dst, n, at)
		return
	}
	s := uniformSweep.begin()
	a := &s.operands
	a.dst, a.noise, a.at = dst, n, at
	s.do(len(dst))
}

// Uniform64 sets dst[i] = u64(at+i): independent numbers uniform in [0, 1), the lower 53 bits of w(at+i) over
// 2^53, so that zero can occur and one cannot. w are the words of 64 bits that a Source returns in order. With
// l = 0..3, w(8g+l) is words 0 and 1 of block 4g+l, counted from 14*2^60, the first as the upper half, and
// w(8g+4+l) is words 2 and 3. So element i is what the Float64 of math/rand/v2 makes of Uint64 number i. The
// elements are independent of all others of the stream. They end at index 2^61.
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
	panic(fmt.Sprintf("kernels: %s: %d elements from index %d on pass the last index, 2^61-1", function, n, at))
}

// into draws elements at and on.
func (d draw) into(dst []float64, n Noise, at uint64) {
	if len(dst) <= sweepChunk {
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
