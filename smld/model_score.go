package smld

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// ModelScore is a model with the memory to evaluate it. It serves one caller at a time.
type ModelScore struct {
	model     *Model
	evaluator *mlp.Evaluator
	scorers   [kernels.Slots]*scorer // of each goroutine at work, made when it is first needed

	// The work in hand and the function that does some rows of it. They are made once, so that handing them
	// out allocates nothing.
	dst, x kernels.Matrix
	level  level
	sigma  []float32 // of each row; nil if all are at level
	strip  func(slot, from, to int)

	along turned // of Linear

	condition kernels.Matrix // of all points in one row, or of each; empty where there is none
	of        []int          // rows of the batch that the points are at; nil for all in their order
}

// turned is the memory for points and scores along the axes of a basis.
type turned struct{ centred, z, s kernels.Matrix }

// scoreBatch is how many points a large network looks at in one go. They are enough for the matrix product to
// run at full speed, and few enough that a hidden layer stays in the cache.
const scoreBatch = 256

// Score returns the model's score, with its parameters as they are now. That of a model with conditions is
// the score without one.
func (m *Model) Score() *ModelScore {
	s := &ModelScore{model: m, evaluator: m.Net.NewEvaluator(1)}
	s.strip = s.scoreStrip
	return s
}

// Dim returns the dimension of a point.
func (s *ModelScore) Dim() int { return s.model.Dim() }

// At sets dst to the score at the rows of x.
func (s *ModelScore) At(dst, x kernels.Matrix, sigma float32) {
	s.level = s.model.level(sigma)
	s.score(dst, x, nil)
}

// AtRows sets row i of dst to the score at row i of x and level sigma[i].
func (s *ModelScore) AtRows(dst, x kernels.Matrix, sigma []float32) { s.score(dst, x, sigma) }

func (s *ModelScore) score(dst, x kernels.Matrix, sigma []float32) {
	if s.model.Preconditioning == Linear {
		z, along := s.turn(x)
		s.scoreAll(along, z, sigma)
		s.turnBack(dst, along, x.Rows, sigma)
		return
	}
	s.scoreAll(dst, x, sigma)
}

// scoreAll sets dst to the score, along the axes where there is a basis.
func (s *ModelScore) scoreAll(dst, x kernels.Matrix, sigma []float32) {
	s.dst, s.x, s.sigma = dst, x, sigma
	if rows := s.model.Net.StripRows(x.Rows); rows < x.Rows {
		kernels.Parallel(x.Rows, rows, s.strip)
	} else {
		for from := 0; from < x.Rows; from += scoreBatch {
			s.strip(0, from, min(from+scoreBatch, x.Rows))
		}
	}
	s.dst, s.x, s.sigma = kernels.Matrix{}, kernels.Matrix{}, nil
}

// scoreStrip sets some rows of the score.
func (s *ModelScore) scoreStrip(slot, from, to int) {
	c := s.scorer(slot, to-from)
	x := s.x.Slice(from, to)
	if s.sigma == nil {
		for i := range x.Rows {
			c.set(i, &s.level)
		}
	} else {
		c.setEach(s.sigma[from:to])
	}
	s.tell(c, from, to)
	input, scaled := c.see(x)
	c.combine(s.dst.Slice(from, to), scaled, c.evaluator.Forward(input), x)
}

// scorer returns the memory of a goroutine for rows points.
func (s *ModelScore) scorer(slot, rows int) *scorer {
	if c := s.scorers[slot]; c != nil && c.input.Rows >= rows {
		return c
	}
	m := s.model
	s.scorers[slot] = &scorer{
		model: m, input: kernels.NewMatrix(rows, m.Net.Sizes[0]), evaluator: s.evaluator.Share(rows),
		scale: make([]float32, rows), linear: make([]float32, rows), network: make([]float32, rows),
		bound: m.newBound(rows),
		axes:  m.newLinear(rows),
	}
	return s.scorers[slot]
}

// scorer is what one goroutine needs to evaluate a model at some points.
type scorer struct {
	model     *Model
	input     kernels.Matrix
	evaluator *mlp.Evaluator
	scale     []float32 // of the points in the input, for each row
	linear    []float32 // factor of the scaled points in the score
	network   []float32 // factor of the network in the score
	axes      *linear   // of Linear
	bound     *bound    // of Bounded: network is the factor of denoised - x in the score, linear is -network
	vjpMemory
}

// set makes l the noise level of row i.
func (c *scorer) set(i int, l *level) {
	c.scale[i], c.linear[i], c.network[i] = l.scaleIn, l.linearIn, l.network
	if c.bound != nil {
		c.bound.set(i, l)
		c.network[i] = 1 / (l.sigma * l.sigma) // score = (denoised - x)/sigma^2
		c.linear[i] = -c.network[i]
	}
	if a := c.axes; a != nil && i > 0 && a.sigma[i] != l.sigma && a.sigma[i-1] == l.sigma {
		a.repeat(i)
	} else if a != nil {
		a.set(i, l.sigma)
	}
	copy(c.input.Row(i)[c.model.width():], l.features[:])
}

// setEach sets the noise levels of rows 0, 1 and so on.
func (c *scorer) setEach(sigma []float32) {
	var l level
	for i, v := range sigma {
		if i == 0 || v != l.sigma {
			l = c.model.level(v)
		}
		c.set(i, &l)
	}
}

// see returns the network's input for the points x, and its part that holds the scaled points.
func (c *scorer) see(x kernels.Matrix) (input, scaled kernels.Matrix) {
	input = c.input.Slice(0, x.Rows)
	scaled = points(input, c.model.width())
	if c.axes != nil {
		copyRows(scaled, x)
		c.axes.scale(scaled, 0)
		return input, scaled
	}
	kernels.ScaleRows(scaled, x, c.model.Mean, c.scale[:x.Rows])
	return input, scaled
}

// combine sets dst to the score at x, for scaled points and the network's output f there.
func (c *scorer) combine(dst, scaled, f, x kernels.Matrix) {
	n := x.Rows
	switch {
	case c.bound != nil:
		c.bound.difference(difference{dst, scaled, f, x, c.network[:n], c.linear[:n]})
	case c.axes != nil:
		c.axes.score(dst, x, scaled, f)
	default:
		kernels.CombineRows(dst, scaled, f, c.linear[:n], c.network[:n])
	}
}
