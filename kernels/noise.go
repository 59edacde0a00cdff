package kernels

import (
	"fmt"
	"math"
)

// Noise is a stream of independent standard normals, addressed by element index: normal z(i) is a pure
// function of (Seed, Stream, i). z(i) comes from Philox4x32-10 with key Seed and counter (block, Stream). Box
// and Muller's transform turns its words into normals. The largest magnitude that can occur is 6.66.
//
// A stream has besides, independent of those and of each other: normals in float64 of Fill64, uniforms of
// Uniform, and uniforms of Uniform64, which Source has as words for math/rand/v2. Each takes Philox blocks of
// its own. The normals in float32 are blocks 0 to 2^62-1, and the others begin at blocks 12*2^60, 13*2^60 and
// 14*2^60.
//
// Every kernel that takes a Noise also takes at, the index of its first element. A batch, a shard or a worker
// then sees the same normals as a single run over everything. Indices must not pass 2^64.
//
// Streams below 2^40 are free for noise of your own. The other packages of this module take streams from 2^40
// on, for every seed that they are given: metrics those from 2^40 to 2^44, smld those from 2^48 to 2^63,
// dataset 2^63 and 2^63+1 and, of all streams, Philox blocks from 2^62 and from 2^63 on. One seed may
// therefore feed all of them.
type Noise struct{ Seed, Stream uint64 }

// Fill sets dst[i] = z(at+i).
func (n Noise) Fill(dst []float32, at uint64) {
	checkIndex("Noise.Fill", at, len(dst))
	if onePiece(len(dst)) {
		fillNoise(dst, n, at)
		return
	}
	s := fillKernel.begin()
	a := &s.operands
	a.dst, a.noise, a.at = dst, n, at
	s.do(len(dst))
}

// AddNoise sets dst[i] = fma(sigma, z(at+i), x[i]): x perturbed by Gaussian noise of standard deviation
// sigma. dst and x have the same length and may be the same slice; other overlaps panic.
func AddNoise(dst, x []float32, sigma float32, n Noise, at uint64) {
	checkLen("AddNoise", "x", x, len(dst))
	if overlap(dst, x) && &dst[0] != &x[0] { // checkAlias, which costs a call
		panicShifted("AddNoise", "dst", "x")
	}
	checkIndex("AddNoise", at, len(dst))
	if onePiece(len(dst)) {
		addNoise(dst, x, sigma, n, at)
		return
	}
	s := addNoiseKernel.begin()
	a := &s.operands
	a.dst, a.x, a.sigma, a.noise, a.at = dst, x, sigma, n, at
	s.do(len(dst))
}

// Langevin moves x along its score and adds noise:
//
//	t = fma(drift, score[i], x[i])
//	x[i] = fma(diffusion, z(at+i), t)
//
// With diffusion == 0 the result is t, and no noise is drawn. x and score have the same length and must not
// overlap. Every sampler of package smld is a sequence of these updates.
func Langevin(x, score []float32, drift, diffusion float32, n Noise, at uint64) {
	checkLen("Langevin", "score", score, len(x))
	if overlap(x, score) { // checkDisjoint, which costs a call
		panicOverlap("Langevin", "x", "score")
	}
	checkIndex("Langevin", at, len(x))
	if onePiece(len(x)) && diffusion != 0 {
		langevin(x, score, drift, diffusion, n, at)
		return
	}
	s := langevinKernel.begin()
	a := &s.operands
	a.x, a.score, a.drift, a.diffusion, a.noise, a.at = x, score, drift, diffusion, n, at
	s.do(len(x))
}

type fillOperands struct {
	dst   []float32
	noise Noise
	at    uint64
}

var fillKernel = onSlices(func(a *fillOperands, from, to int) {
	fillNoise(a.dst[from:to], a.noise, a.at+uint64(from))
})

type addNoiseOperands struct {
	dst, x []float32
	sigma  float32
	noise  Noise
	at     uint64
}

var addNoiseKernel = onSlices(func(a *addNoiseOperands, from, to int) {
	addNoise(a.dst[from:to], a.x[from:to], a.sigma, a.noise, a.at+uint64(from))
})

type langevinOperands struct {
	x, score         []float32
	drift, diffusion float32
	noise            Noise
	at               uint64
}

var langevinKernel = onSlices(func(a *langevinOperands, from, to int) {
	if a.diffusion == 0 {
		drift(a.x[from:to], a.score[from:to], a.drift)
		return
	}
	langevin(a.x[from:to], a.score[from:to], a.drift, a.diffusion, a.noise, a.at+uint64(from))
})

// checkIndex panics when the elements from at on pass the last index.
func checkIndex(function string, at uint64, n int) {
	if n > 0 && at > math.MaxUint64-uint64(n-1) {
		panicIndex(function, at, n)
	}
}

//go:noinline
func panicIndex(function string, at uint64, n int) {
	panic(fmt.Sprintf("kernels: %s: %d elements from index %d on pass the last index", function, n, at))
}
