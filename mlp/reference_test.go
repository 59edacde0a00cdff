package mlp

import (
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/exp/constraints"

	"github.com/seed964deb49/langevin/kernels"
)

// forward is the network in plain loops, in either precision.
func forward[T constraints.Float](sizes []int, params []T, x []T) []T {
	h := x
	for l, in := range sizes[:len(sizes)-1] {
		out := sizes[l+1]
		w, b := params[:in*out], params[in*out:(in+1)*out]
		params = params[(in+1)*out:]
		rows := len(h) / in
		y := make([]T, rows*out)
		for i := range rows {
			for j := range out {
				s := b[j]
				for p := range in {
					s += h[i*in+p] * w[p*out+j]
				}
				if l < len(sizes)-2 {
					s /= 1 + T(math.Exp(-float64(s)))
				}
				y[i*out+j] = s
			}
		}
		h = y
	}
	return h
}

// loss is half the squared distance from a target, summed; its gradient at y is y - target.
func loss[T constraints.Float](y, target []T) T {
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
	if err != nil {
		t.Fatal(err)
	}
	for i := range n.Block {
		n.Block[i] = float32(r.NormFloat64()) / 2
	}
	return n
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

// TestGradients compares the output with the plain loops, and the gradient of every parameter with the central
// difference of the plain loops in float64.
func TestGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, sizes := range [][]int{{3, 2}, {1, 1, 1}, {2, 17, 3}, {5, 9, 33, 8, 4}} {
		for _, batch := range []int{1, 2, 7, 19} {
			n := randomNetwork(t, r, sizes...)
			x, target := randomMatrix(r, batch, sizes[0]), randomMatrix(r, batch, sizes[len(sizes)-1])
			grads := n.Like()
			y := lossGradient(n, n.NewTape(batch+3), x, target, grads)

			p, x64, target64 := widen(n.Block), widen(x.Data), widen(target.Data)
			for i, want := range forward(sizes, p, x64) {
				if got := float64(y.Data[i]); math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
					t.Errorf("%v, batch %d: output %d is %v, want %v", sizes, batch, i, got, want)
				}
			}
			for i, got := range grads.Block {
				const h = 1e-5
				at := p[i]
				p[i] = at + h
				up := loss(forward(sizes, p, x64), target64)
				p[i] = at - h
				down := loss(forward(sizes, p, x64), target64)
				p[i] = at
				if want := (up - down) / (2 * h); math.Abs(float64(got)-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%v, batch %d: gradient %d is %v, central difference %v", sizes, batch, i, got, want)
				}
			}
		}
	}
}

// TestInputGradient compares the gradient of every input with the central difference of the plain loops in float64.
func TestInputGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for _, sizes := range [][]int{{3, 2}, {1, 1, 1}, {2, 17, 3}, {40, 9, 33, 8, 4}} {
		for _, batch := range []int{1, 2, 19} {
			n := randomNetwork(t, r, sizes...)
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
				up := loss(forward(sizes, p, x64), target64)
				x64[i] = at - h
				down := loss(forward(sizes, p, x64), target64)
				x64[i] = at
				if want := (up - down) / (2 * h); math.Abs(float64(got)-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%v, batch %d: gradient of input %d is %v, central difference %v", sizes, batch, i, got, want)
				}
			}
		}
	}
}
