package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// inpainting is an Inpainter at work on some rows.
type inpainting struct {
	Inpainter
	score   *evaluation
	seed    uint64
	steps   []inpaintStep
	number  []uint64       // of each row's sample
	free    []bool         // which coordinates of a row are drawn, row by row
	clean   kernels.Matrix // the rows: what is known and what the last sweep drew
	path    kernels.Matrix // clean with the level's noise: what all particles know, and all of the reference
	scratch kernels.Matrix
	x, s, y kernels.Matrix // particles, a row's one after the other; their scores; scratch
	logs    []float64      // of the particles' weights
	weights []float64
	out     kernels.Matrix
	indices []int // of the rows in out
	rows    []int // the same for each particle
	sweep   int
}

// inpaintStep is what a step from one level to the next one below takes.
type inpaintStep struct {
	Step
	variance float64 // of the step's noise
	bridge   Step    // of the path of noise, along clean - path
}

// inpaintSteps returns the steps from each level to the next. Noise of level sigma leads from the clean point
// to path. With r = below^2/sigma^2, the point on the way at level below is distributed as
//
//	N(clean + r (path - clean), below^2 (1-r))
func inpaintSteps(sigmas []float32) []inpaintStep {
	steps := make([]inpaintStep, len(sigmas)-1)
	for t := range steps {
		high, low := float64(sigmas[t]), float64(sigmas[t+1])
		drift := (high - low) * (high + low)
		ratio := low / high
		variance := float64(drift*(1+detmath.Square(ratio))) / 2
		steps[t] = inpaintStep{
			Step{sigmas[t], float32(drift), float32(math.Sqrt(variance))}, variance,
			Step{sigmas[t], float32(drift / high / high), float32(ratio * math.Sqrt(drift))},
		}
	}
	return steps
}

func newInpainting(
	p Inpainter, score *evaluation, out kernels.Matrix, indices []int, numbers Numbers,
) *inpainting {
	n, k, dim := len(indices), p.Particles, out.Cols
	b := &inpainting{
		Inpainter: p, score: score, seed: numbers.Seed, steps: inpaintSteps(p.Sigmas),
		out: out, indices: indices,
		number: make([]uint64, n), free: make([]bool, n*dim),
		clean: kernels.NewMatrix(n, dim), path: kernels.NewMatrix(n, dim), scratch: kernels.NewMatrix(n, dim),
		x: kernels.NewMatrix(n*k, dim), s: kernels.NewMatrix(n*k, dim), y: kernels.NewMatrix(n*k, dim),
		logs: make([]float64, n*k), weights: make([]float64, n*k),
	}
	for i, index := range indices {
		for range k {
			b.rows = append(b.rows, index)
		}
		b.number[i] = numbers.First + uint64(index)
		clean := b.clean.Row(i)
		for j, v := range out.Row(index) {
			if b.free[i*dim+j] = math.IsNaN(float64(v)); !b.free[i*dim+j] {
				clean[j] = v
			}
		}
	}
	return b
}

// run carries out all sweeps, and sets the rows of out. It calls done after each step.
func (b *inpainting) run(done func(sigma float32) error) error {
	for b.sweep = range b.Sweeps {
		b.each(b.start)
		for t, step := range b.steps {
			b.score.numbers = b.rows
			if err := b.score.at(b.s, b.x, step.Sigma); err != nil {
				return err
			}
			b.each(func(i int) { b.step(i, t) })
			if err := done(b.Sigmas[t+1]); err != nil {
				return err
			}
		}
		b.each(b.choose)
		last := b.Sigmas[len(b.Sigmas)-1]
		b.score.numbers = b.indices
		if err := b.score.at(b.scratch, b.path, last); err != nil {
			return err
		}
		Denoise(last).apply(b.path, b.scratch, kernels.Noise{}, 0)
		b.each(b.keep)
	}
	for i, index := range b.indices {
		copy(b.out.Row(index), b.clean.Row(i))
	}
	return nil
}

// each calls f for each row, on all cores.
func (b *inpainting) each(f func(i int)) {
	parallelRows(b.clean.Rows, b.Particles*b.clean.Cols, func(_, from, to int) {
		for i := from; i < to; i++ {
			f(i)
		}
	})
}

// noise returns the noise of a purpose at level t of the sweep.
func (b *inpainting) noise(purpose uint64, t int) kernels.Noise {
	return stream(b.seed, purpose, uint64(b.sweep*len(b.Sigmas)+t))
}

// particles returns the particles of row i in a matrix like x, and where their noise begins.
func (b *inpainting) particles(m kernels.Matrix, i int) (p kernels.Matrix, at uint64) {
	k := b.Particles
	return m.Slice(i*k, (i+1)*k), b.number[i] * uint64(k) * uint64(m.Cols)
}

// start puts the particles of row i and its path at the first level.
func (b *inpainting) start(i int) {
	x, at := b.particles(b.x, i)
	spread, noise := PriorStd(b.Sigmas[0], b.Std), b.noise(streams.Particles, 0)
	for k := range x.Rows {
		row := x.Row(k)
		clear(row)
		copy(row, b.Mean)
		kernels.AddNoise(row, row, spread, noise, at+uint64(k*x.Cols))
	}
	noise, at = b.noise(streams.Known, 0), b.number[i]*uint64(x.Cols)
	kernels.AddNoise(b.path.Row(i), b.clean.Row(i), b.Sigmas[0], noise, at)
	b.impose(i, x)
	clear(b.logs[i*x.Rows : (i+1)*x.Rows])
}

// impose sets the known coordinates of row i's particles to those of the path. From the second sweep on, the
// first particle is the reference, and impose sets all of it to the path.
func (b *inpainting) impose(i int, x kernels.Matrix) {
	path, free := b.path.Row(i), b.free[i*x.Cols:(i+1)*x.Cols]
	for k := range x.Rows {
		row := x.Row(k)
		for j, v := range path {
			if !free[j] || k < b.references() {
				row[j] = v
			}
		}
	}
}

// references returns how many particles of a row follow its path altogether.
func (b *inpainting) references() int { return min(b.sweep, 1) }

// step takes row i from level t to the next, where s holds the scores.
func (b *inpainting) step(i, t int) {
	step, path, pull := b.steps[t], b.path.Row(i), b.scratch.Row(i)
	for j, v := range b.clean.Row(i) {
		pull[j] = v - path[j]
	}
	at := b.number[i] * uint64(len(path))
	kernels.Langevin(path, pull, step.bridge.Drift, step.bridge.Diffusion, b.noise(streams.Known, t+1), at)
	b.weigh(i, step)
	x, at := b.particles(b.x, i)
	s, _ := b.particles(b.s, i)
	step.apply(x, s, b.noise(streams.Particles, t+1), at)
	b.impose(i, x)
	b.resample(i, t+1)
}

// keep makes what path has for the unknown coordinates of row i the sweep's sample.
func (b *inpainting) keep(i int) {
	clean, path := b.clean.Row(i), b.path.Row(i)
	for j, free := range b.free[i*len(clean) : (i+1)*len(clean)] {
		if free {
			clean[j] = path[j]
		}
	}
}
