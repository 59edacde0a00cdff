package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Inpainter draws the unknown coordinates of points given the known ones, from the score of whole points
// alone.
//
// It is not enough to give known coordinates their values with noise of each level's strength (Song et al.
// 2021, Appendix I.2). The score at such a point is that of the distribution given the noisy known part. Once
// modes have parted, nothing moves between them any more, and they keep weights that belong to noisy values.
//
// Here particles have weights. One path of noise leads from the known part k to k_t at every level t. All
// particles of a sample share the path. Each takes the sampler's steps from level to level, but for its known
// part, which is k_t. A particle's weight is the density of its own step where k_t went. With below the next
// level under sigma:
//
//	m = x_t + (sigma^2 - below^2) score(x_t, sigma)
//	w *= N(k_below; m_known, v I)
//	x_below = (k_below, m_unknown + sqrt(v) z),    v = (1 + below^2/sigma^2) (sigma^2 - below^2) / 2
//
// When the weights have become uneven, particles are drawn anew by their weights. At the end one particle is
// drawn by its weight and denoised. With many particles it has the conditional distribution (Trippe et al.
// 2023).
//
// With few particles it has that distribution in the limit of many sweeps (Corenflos et al. 2024). The next
// sweep takes the sample that the last one drew, known and unknown part, along a new path of noise. One
// particle, the reference, follows the whole path. That is particle Gibbs sampling (Andrieu, Doucet and
// Holenstein 2010). With any two particles or more, it leaves the conditional distribution as it is, but for
// the error of steps of finite length.
//
// The variance v is midway between those of Ancestral and ReverseDiffusion. The first is right for data that
// is a point, and the second for data without limits. The middle is right for a normal distribution as wide
// as the noise.
//
// With one particle and one sweep this is the method of noisy known coordinates. In many dimensions the
// weights are very uneven. Few of the particles then go on at each level, a sweep follows the best of them,
// and samples of one sweep resemble those of the last. Even so they are far nearer to the truth than those of
// one particle; docs/inpainting.md has figures.
type Inpainter struct {
	Sigmas    []float32 // noise levels, falling
	Mean      []float32 // of the data, where particles start; nil is zero
	Std       float32   // of the data, see PriorStd
	Particles int       // of each sample
	Sweeps    int       // over the levels
}

// NewInpainter returns an Inpainter of 8 sweeps of 8 particles over 60 levels, from sigmaMax to sigmaMin as
// for NewSampler. It takes 3784 evaluations of the score for each sample. The levels are those of Rho with
// rho = 7. Mean and std are those of the data.
func NewInpainter(sigmaMax, sigmaMin float64, mean []float32, std float32) (Inpainter, error) {
	sigmas, err := Rho(sigmaMax, sigmaMin, 7, 60)
	return Inpainter{Sigmas: sigmas, Mean: mean, Std: std, Particles: 8, Sweeps: 8}, err
}

// Hide sets the coordinates of all rows of x for which hidden is true to NaN. Fill draws such coordinates.
func Hide(x kernels.Matrix, hidden []bool) {
	if len(hidden) != x.Cols {
		panic(fmt.Sprintf("smld: Hide: x is %dx%d, hidden has %d elements", x.Rows, x.Cols, len(hidden)))
	}
	for i := range x.Rows {
		row := x.Row(i)
		for j, h := range hidden {
			if h {
				row[j] = float32(math.NaN())
			}
		}
	}
}

// inpaintBlock is how many particles an Inpainter moves together. What becomes of a row does not depend on
// it.
const inpaintBlock = 4096

// inpaintValues is how many values the particles of one sample may have.
const inpaintValues = 1 << 28

// Fill draws the coordinates of x that are NaN given the other coordinates of their row, which keep their
// values. Which ones are NaN may differ from row to row. What becomes of a row follows from the score,
// the row and its number alone. A row without NaN stays as it is and costs nothing.
//
// After each step of a block of rows Fill calls watch, if not nil. Once a block is done, x holds its samples.
// Evaluations is how often the score was evaluated for a row that had a NaN. That is
// Sweeps ((levels - 1) Particles + 1) times.
//
// Settings of no use, a known coordinate that is infinite, and samples that diverge are errors. An error of
// watch ends the run.
func (p Inpainter) Fill(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (evaluations float64, err error) {
	if err := p.check(score, x, n.First); err != nil {
		return 0, err
	}
	var rows []int
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			if math.IsNaN(float64(v)) {
				rows = append(rows, i)
				break
			}
		}
	}
	size := max(1, inpaintBlock/p.Particles)
	blocks := (len(rows) + size - 1) / size
	steps := p.Sweeps * (len(p.Sigmas) - 1)
	done := 0
	for from := 0; from < len(rows); from += size {
		b := newInpainting(p, &evaluation{ctx: ctx, score: score}, x, rows[from:min(from+size, len(rows))], n)
		err := b.run(func(sigma float32) error {
			done++
			return watch.call(ctx, Progress{Done: done, Total: blocks * steps, Sigma: sigma})
		})
		if err != nil {
			return 0, err
		}
	}
	if len(rows) > 0 {
		evaluations = float64(p.Sweeps * ((len(p.Sigmas)-1)*p.Particles + 1))
	}
	return evaluations, checkFinite(x, n.First)
}

// check returns an error if the settings, the dimensions or the known coordinates of x are of no use.
func (p Inpainter) check(score Score, x kernels.Matrix, first uint64) error {
	if err := checkCall(score, x); err != nil {
		return err
	}
	if err := checkLevels(p.Sigmas); err != nil {
		return err
	}
	if len(p.Sigmas) < 2 || p.Particles < 1 || p.Sweeps < 1 {
		return fmt.Errorf("smld: inpainting with %d noise levels, %d particles and %d sweeps: "+
			"want at least 2, 1 and 1",
			len(p.Sigmas), p.Particles, p.Sweeps)
	}
	if most := inpaintValues / max(1, x.Cols); p.Particles > most {
		return fmt.Errorf("smld: inpainting with %d particles of dimension %d: want %d or fewer",
			p.Particles, x.Cols, most)
	}
	if most := mostSteps / len(p.Sigmas); p.Sweeps > most {
		return fmt.Errorf("smld: inpainting with %d sweeps over %d noise levels: want %d or fewer",
			p.Sweeps, len(p.Sigmas), most)
	}
	if p.Particles == 1 && p.Sweeps > 1 {
		return fmt.Errorf("smld: inpainting with %d sweeps of one particle, which never leaves its first "+
			"sample: want two particles or more", p.Sweeps)
	}
	if p.Mean != nil && len(p.Mean) != x.Cols || !(p.Std >= 0) || math.IsInf(float64(p.Std), 1) {
		return fmt.Errorf("smld: inpainting points of dimension %d from a mean of dimension %d "+
			"with standard deviation %v",
			x.Cols, len(p.Mean), p.Std)
	}
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			if math.IsInf(float64(v), 0) {
				return fmt.Errorf("smld: coordinate %d of sample %d is known to be %v: "+
					"want a number, or NaN to draw it",
					j+1, first+uint64(i), v)
			}
		}
	}
	return nil
}
