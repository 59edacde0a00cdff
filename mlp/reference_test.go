package mlp

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// float is the type of a number.
type float interface{ float32 | float64 }

// forward is the network in plain loops, in either precision.
func forward[T float](n *Network, params []T, x []T) []T {
	h, stream := x, x
	for l, in := range n.Sizes[:len(n.Sizes)-1] {
		out, last := n.Sizes[l+1], len(n.Sizes)-2
		ends := n.Residual && l > 0 && l < last && l%2 == 0 // of a block, which has no bias
		w := params[:in*out]
		params = params[in*out:]
		b := make([]T, out)
		if !ends {
			copy(b, params)
			params = params[out:]
		}
		rows := len(h) / in
		y := make([]T, rows*out)
		for i := range rows {
			for j := range out {
				s := b[j]
				if ends {
					s = stream[i*out+j]
				}
				for p := range in {
					s += h[i*in+p] * w[p*out+j]
				}
				if l < last && !ends {
					s /= 1 + T(math.Exp(-float64(s)))
				}
				y[i*out+j] = s
			}
		}
		h = y
		if l%2 == 0 {
			stream = y
		}
	}
	return h
}

// loss is half the squared distance from a target, summed; its gradient at y is y - target.
func loss[T float](y, target []T) T {
	var sum T
	for i := range y {
		sum += (y[i] - target[i]) * (y[i] - target[i]) / 2
	}
	return sum
}

func widen(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, x := range x {
		y[i] = float64(x)
	}
	return y
}

func randomMatrix(r *rand.Rand, rows, cols int) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	for i := range m.Data {
		m.Data[i] = float32(r.NormFloat64())
	}
	return m
}

// randomNetwork has no zero parameter, unlike an initialised one.
func randomNetwork(t testing.TB, r *rand.Rand, sizes ...int) *Network {
	n, err := New(sizes...)
	return randomise(t, r, n, err)
}

func randomResidual(t testing.TB, r *rand.Rand, sizes ...int) *Network {
	n, err := NewResidual(sizes...)
	return randomise(t, r, n, err)
}

func randomise(t testing.TB, r *rand.Rand, n *Network, err error) *Network {
	if err != nil {
		t.Fatal(err)
	}
	for i := range n.Block {
		n.Block[i] = float32(r.NormFloat64()) / 2
	}
	return n
}

// forms are networks of both forms and all depths.
func forms(t testing.TB, r *rand.Rand) []*Network {
	return []*Network{
		randomNetwork(t, r, 3, 2), randomNetwork(t, r, 1, 1, 1), randomNetwork(t, r, 2, 17, 3),
		randomNetwork(t, r, 40, 9, 33, 8, 4), randomResidual(t, r, 2, 17, 3),
		randomResidual(t, r, 1, 1, 1, 1, 1),
		randomResidual(t, r, 5, 9, 33, 9, 4), randomResidual(t, r, 4, 8, 19, 8, 5, 8, 3),
	}
}

// lossGradient runs the network forward and back on the loss above.
func lossGradient(n *Network, t *Tape, x, target kernels.Matrix, grads *Network) kernels.Matrix {
	y := n.Forward(t, x)
	dy := kernels.NewMatrix(y.Rows, y.Cols)
	for i := range dy.Data {
		dy.Data[i] = y.Data[i] - target.Data[i]
	}
	n.Backward(t, dy, grads)
	return y
}

// TestGradients compares the output with the plain loops. It compares the gradient of every parameter with
// the central difference of the plain loops in float64.
func TestGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range forms(t, r) {
		sizes := n.Sizes
		for _, batch := range []int{1, 2, 19} {
			x, target := randomMatrix(r, batch, sizes[0]), randomMatrix(r, batch, sizes[len(sizes)-1])
			grads := n.Like()
			y := lossGradient(n, n.NewTape(batch+3), x, target, grads)

			p, x64, target64 := widen(n.Block), widen(x.Data), widen(target.Data)
			for i, want := range forward(n, p, x64) {
				if got := float64(y.Data[i]); math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
					t.Errorf("%v, residual %v, batch %d: output %d is %v, want %v",
						sizes, n.Residual, batch, i, got, want)
				}
			}
			for i, got := range grads.Block {
				const h = 1e-5
				at := p[i]
				p[i] = at + h
				up := loss(forward(n, p, x64), target64)
				p[i] = at - h
				down := loss(forward(n, p, x64), target64)
				p[i] = at
				if want := (up - down) / (2 * h); math.Abs(float64(got)-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%v, residual %v, batch %d: gradient %d is %v, central difference %v",
						sizes, n.Residual, batch, i, got, want)
				}
			}
		}
	}
}

// TestInputGradient compares the gradient of every input with the central difference of the plain loops in
// float64.
func TestInputGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for _, n := range forms(t, r) {
		sizes := n.Sizes
		for _, batch := range []int{1, 2, 19} {
			x, target := randomMatrix(r, batch, sizes[0]), randomMatrix(r, batch, sizes[len(sizes)-1])
			tape, dx := n.NewTape(batch+3), kernels.NewMatrix(batch, sizes[0])
			y := n.Forward(tape, x)
			dy := kernels.NewMatrix(y.Rows, y.Cols)
			for i := range dy.Data {
				dy.Data[i] = y.Data[i] - target.Data[i]
			}
			n.InputGradient(tape, dy, dx)
			p, x64, target64 := widen(n.Block), widen(x.Data), widen(target.Data)
			for i, got := range dx.Data {
				const h = 1e-5
				at := x64[i]
				x64[i] = at + h
				up := loss(forward(n, p, x64), target64)
				x64[i] = at - h
				down := loss(forward(n, p, x64), target64)
				x64[i] = at
				if want := (up - down) / (2 * h); math.Abs(float64(got)-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%v, residual %v, batch %d: gradient of input %d is %v, central difference %v",
						sizes, n.Residual, batch, i, got, want)
				}
			}
		}
	}
}
